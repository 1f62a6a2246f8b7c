#include "workspace/console_files.hpp"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>

#include "net/problem.hpp"

namespace vss::workspace {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t most_bytes = 64 << 20;
constexpr std::size_t nonce_bytes = 16;
// Of every asset; it counts for the shared worker, which asks for tickets and opens the socket.
constexpr const char* worker_policy = "default-src 'none'; script-src 'self'; connect-src 'self'";

std::string read_file(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) throw std::runtime_error("cannot read " + path.string());
  return {std::istreambuf_iterator<char>(in), {}};
}

std::string type_of(const fs::path& path) {
  static const std::map<std::string, std::string, std::less<>> types{{".js", "text/javascript; charset=utf-8"},
                                                                     {".css", "text/css; charset=utf-8"},
                                                                     {".svg", "image/svg+xml"},
                                                                     {".woff2", "font/woff2"},
                                                                     {".png", "image/png"},
                                                                     {".json", "application/json"},
                                                                     {".wasm", "application/wasm"}};
  const auto found = types.find(path.extension().string());
  return found != types.end() ? found->second : "application/octet-stream";
}

void replace_all(std::string& text, std::string_view from, std::string_view to) {
  for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
    text.replace(at, from.size(), to);
}

// "br;q=0" is a refusal; other weights do not matter to us (RFC 9110 section 12.5.3).
bool takes(std::string_view accepted, std::string_view coding) {
  while (!accepted.empty()) {
    const auto end = std::min(accepted.find(','), accepted.size());
    auto one = accepted.substr(0, end);
    accepted.remove_prefix(std::min(end + 1, accepted.size()));
    while (one.starts_with(' ')) one.remove_prefix(1);
    if (!one.starts_with(coding)) continue;
    one.remove_prefix(coding.size());
    if (one.empty() || one.front() == ' ') return true;
    const auto weight = one.find("q=");
    return weight == std::string_view::npos ||
           one.substr(weight + 2).find_first_of("123456789") != std::string_view::npos;
  }
  return false;
}

void house_headers(net::http_response& out) {
  out.headers.set("Referrer-Policy", "no-referrer");
  out.headers.set("Cross-Origin-Opener-Policy", "same-origin");
  out.headers.set("Cross-Origin-Resource-Policy", "same-origin");
  out.headers.set("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()");
  net::secure(out);
}

}  // namespace

std::string content_policy(std::string_view nonce) {
  return "default-src 'none'; script-src 'self'; style-src 'self' 'nonce-" + std::string(nonce) +
         "'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; worker-src 'self'; manifest-src 'self'; "
         "base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
}

console_files::console_files(const std::string& folder, std::string zone, random_source& random) : random_(random) {
  const fs::path root(folder);
  std::error_code closed;
  if (folder.empty() || !fs::exists(root / "index.html", closed)) return;
  index_ = read_file(root / "index.html");
  replace_all(index_, R"(name="site-zone" content="")", R"(name="site-zone" content=")" + zone + '"');
  std::size_t bytes = 0;
  for (const auto& one : fs::recursive_directory_iterator(root / "assets")) {
    if (!one.is_regular_file()) continue;
    const auto& path = one.path();
    if (path.extension() == ".br" || path.extension() == ".gz" || path.extension() == ".map") continue;
    file read{type_of(path), '"' + path.filename().string() + '"', read_file(path), {}, {}};
    if (fs::exists(path.string() + ".br")) read.br = read_file(path.string() + ".br");
    if (fs::exists(path.string() + ".gz")) read.gz = read_file(path.string() + ".gz");
    bytes += read.plain.size() + read.br.size() + read.gz.size();
    if (bytes > most_bytes) throw std::runtime_error("the console in " + folder + " is larger than 64 MiB");
    assets_.emplace("/" + fs::relative(path, root).generic_string(), std::move(read));
  }
}

net::http_response console_files::page() const {
  net::http_response out;
  out.headers.set("Cache-Control", "no-store");
  out.headers.set("Content-Type", "text/html; charset=utf-8");
  const std::string nonce = random_hex(random_, nonce_bytes);
  out.headers.set("Content-Security-Policy", content_policy(nonce));
  house_headers(out);
  if (built()) {
    out.body = index_;
    replace_all(out.body, "__NONCE__", nonce);
  } else {
    out.status = 503;
    out.body =
        "<!doctype html><title>VSS DEMIURGE</title><p>The console is not built: <code>./vss up</code> builds it.";
  }
  return out;
}

net::http_response console_files::asset(const file& what, const net::http_request& request) const {
  net::http_response out;
  out.headers.set("Cache-Control", "public, max-age=31536000, immutable");
  out.headers.set("Content-Type", what.type);
  out.headers.set("Content-Security-Policy", worker_policy);
  out.headers.set("ETag", what.tag);
  out.headers.set("Vary", "Accept-Encoding");
  house_headers(out);
  if (request.headers.get("If-None-Match") == what.tag) {
    out.status = 304;
    return out;
  }
  const auto accepted = request.headers.get("Accept-Encoding");
  const bool br = !what.br.empty() && takes(accepted, "br");
  const bool gz = !br && !what.gz.empty() && takes(accepted, "gzip");
  if (br || gz) out.headers.set("Content-Encoding", br ? "br" : "gzip");
  out.body = br ? what.br : gz ? what.gz : what.plain;
  return out;
}

net::http_response console_files::answer(const net::http_request& request) const {
  const auto found = assets_.find(request.path);
  if (found != assets_.end()) return asset(found->second, request);
  const auto last = request.path.substr(request.path.rfind('/') + 1);
  if (last.find('.') == std::string::npos) return page();
  return net::problem(404, "not_found", "no such file", {});
}

}  // namespace vss::workspace
