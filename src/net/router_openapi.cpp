#include "net/router_openapi.hpp"

#include <algorithm>

namespace vss::net {
namespace {

namespace json = boost::json;

std::string lower(std::string text) {
  std::ranges::transform(text, text.begin(),
                         [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return text;
}

// GET /ottb/slots/{number}/lock -> get_ottb_slots_by_number_lock
std::string operation_id(const route& r) {
  std::string out = lower(r.method);
  for (const char c : r.path) {
    if (c == '/' || c == '-' || c == '.')
      out += '_';
    else if (c == '{')
      out += "by_";
    else if (c != '}')
      out += c;
  }
  return out;
}

std::string first_segment(const std::string& path) { return path.substr(1, path.find('/', 1) - 1); }

std::string anchored(const std::string& pattern) {
  return pattern.starts_with('^') && pattern.ends_with('$') ? pattern : "^(?:" + pattern + ")$";
}

json::object told(const parameter& p, const char* where, bool required) {
  json::object out{{"name", p.name}, {"in", where}, {"required", required}};
  if (!p.summary.empty()) out["description"] = p.summary;
  out["schema"] = json::object{{"type", "string"}, {"pattern", anchored(p.pattern)}};
  return out;
}

json::object content(const char* type, json::object schema) {
  return {{type, json::object{{"schema", std::move(schema)}}}};
}
json::object content(const std::string& type, json::object schema) { return content(type.c_str(), std::move(schema)); }

json::object refusal(const char* what) {
  return {{"description", what},
          {"content", content("application/problem+json", {{"$ref", "#/components/schemas/problem"}})}};
}

json::array parameters(const described_route& about) {
  json::array out;
  for (const auto& p : about.path) out.push_back(told(p, "path", true));
  for (const auto& p : about.told->query) out.push_back(told(p, "query", false));
  if (about.told->if_match) {
    out.push_back(json::object{{"name", "If-Match"},
                               {"in", "header"},
                               {"required", true},
                               {"description", "the version you know, in quotes"},
                               {"schema", json::object{{"type", "string"}}}});
  }
  return out;
}

json::object success(const described_route& about, json::object& components) {
  json::object out{{"description", about.told->summary}};
  const std::string raw = about.told->raw_type.empty() || about.raw_in ? "text/plain" : about.told->raw_type;
  if (about.raw_out)
    out["content"] = content(raw, {{"type", "string"}});
  else if (about.out)
    out["content"] = content("application/json", about.out(components));
  if (about.out && !about.raw_in && !about.told->raw_type.empty()) {  // by Accept
    out["content"].as_object()[about.told->raw_type] = content(raw, {{"type", "string"}}).at(raw);
  }
  if (about.versioned) {
    out["headers"] = json::object{{"ETag", json::object{{"schema", json::object{{"type", "string"}}}}}};
  }
  return out;
}

json::object responses(const described_route& about, json::object& components) {
  const route& r = *about.told;
  const int usual = about.out || about.raw_out ? 200 : 204;
  json::object out{{std::to_string(r.status != 0 ? r.status : usual), success(about, components)}};
  if (r.permission != "open") {
    out["401"] = refusal("no valid credentials");
    out["403"] = refusal("the permission is missing, or a rule refuses");
  }
  if (!about.path.empty()) out["404"] = refusal("no such thing");
  if (r.method != "GET") out["409"] = refusal("the thing is in another state");
  if (r.if_match) {
    out["412"] = refusal("the version is not the current one");
    out["428"] = refusal("If-Match is needed");
  }
  if (about.in || about.raw_in) {
    out["413"] = refusal("the body is too large");
    out["415"] = refusal("the body has another type");
  }
  if (about.in) out["400"] = refusal("the body is not JSON");
  if (about.in || about.raw_in || !about.path.empty() || !r.query.empty()) {
    out["422"] = refusal("the input is not valid; `problems` says where");
  }
  out["default"] = refusal("another problem");
  return out;
}

json::object problem_schema() {
  const json::object text{{"type", "string"}};
  return {{"type", "object"},
          {"properties",
           json::object{
               {"type", text},
               {"title", text},
               {"status", json::object{{"type", "integer"}}},
               {"detail", text},
               {"trail", json::object{{"type", "string"}, {"format", "uuid"}}},
               {"problems",
                json::object{{"type", "array"},
                             {"items", json::object{{"type", "object"},
                                                    {"properties", json::object{{"pointer", text}, {"message", text}}},
                                                    {"required", json::array{"pointer", "message"}}}}}}}},
          {"required", json::array{"type", "title", "status"}}};
}

}  // namespace

openapi_document::openapi_document(std::string title, std::string version)
    : title_(std::move(title)), version_(std::move(version)) {
  components_["problem"] = problem_schema();
}

void openapi_document::add(const described_route& about) {
  const route& r = *about.told;
  json::object out{{"operationId", operation_id(r)}, {"summary", r.summary}};
  const std::string tag = first_segment(r.path);
  out["tags"] = json::array{json::string(tag)};
  out["x-permission"] = r.permission;
  if (!r.audit.empty()) out["x-audit"] = r.audit;
  if (r.permission == "open") out["security"] = json::array{};
  if (auto all = parameters(about); !all.empty()) out["parameters"] = std::move(all);
  if (about.in) {
    out["requestBody"] =
        json::object{{"required", true}, {"content", content("application/json", about.in(components_))}};
  } else if (about.raw_in) {
    const std::string type = r.raw_type.empty() ? "application/octet-stream" : r.raw_type;
    out["requestBody"] = json::object{{"required", true}, {"content", content(type, {{"type", "string"}})}};
  }
  out["responses"] = responses(about, components_);
  paths_[r.path][lower(r.method)] = std::move(out);
}

json::object openapi_document::finish() && {
  json::object paths;
  for (auto& [path, verbs] : paths_) {
    json::object here;
    for (auto& [verb, operation] : verbs) here[verb] = std::move(operation);
    paths[path] = std::move(here);
  }
  std::map<std::string, json::value> sorted;
  for (auto& item : components_) sorted.emplace(std::string(item.key()), std::move(item.value()));
  json::object schemas;
  for (auto& [name, schema] : sorted) schemas[name] = std::move(schema);
  const json::object bearer{{"type", "http"}, {"scheme", "bearer"}, {"bearerFormat", "JWT"}};
  json::object out{{"openapi", "3.1.0"}, {"info", json::object{{"title", title_}, {"version", version_}}}};
  const json::object cookie{{"type", "apiKey"},
                            {"in", "cookie"},
                            {"name", "__Host-vss"},
                            {"description", "of a browser; unsafe methods need the server's own Origin"}};
  out["security"] = json::array{json::object{{"bearer", json::array{}}}, json::object{{"cookie", json::array{}}}};
  out["paths"] = std::move(paths);
  out["components"] = json::object{{"securitySchemes", json::object{{"bearer", bearer}, {"cookie", cookie}}},
                                   {"schemas", std::move(schemas)}};
  return out;
}

}  // namespace vss::net
