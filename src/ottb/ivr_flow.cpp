#include "ottb/ivr_flow.hpp"

#include <set>

namespace vss::ottb {
namespace {

std::vector<std::string> exits(const ivr_node& node) {
  std::vector<std::string> out;
  if (node.branch) {
    for (const auto& [key, target] : *node.branch) out.push_back(target);
  }
  if (node.next) out.push_back(*node.next);
  return out;
}

bool plain_name(const std::string& text) {
  return !text.empty() && text.size() <= 64 &&
         text.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_-") == std::string::npos;
}

// The nodes from which a hang-up can be reached, by going backwards until nothing is added.
std::set<std::string> ending_nodes(const ivr_document& flow) {
  std::set<std::string> good;
  for (std::size_t before = 1; before != good.size();) {
    before = good.size();
    for (const auto& [name, node] : flow.nodes) {
      bool ends = node.hang_up.value_or(false);
      for (const auto& target : exits(node)) ends |= good.contains(target);
      if (ends) good.insert(name);
    }
    if (good.empty()) break;
  }
  return good;
}

void check_node(const ivr_document& flow, const std::string& name, const ivr_node& node, dto::problems& bad) {
  const std::string at = "/nodes/" + dto::pointer_token(name);
  for (const auto& target : exits(node)) {
    if (!flow.nodes.contains(target)) bad.push_back({at, "no node is called " + target});
  }
  if (node.play) {
    for (const auto& prompt : *node.play) {
      if (!plain_name(prompt)) bad.push_back({at + "/play", "a prompt is named by a-z, 0-9, _ and -"});
    }
  }
  if (node.language && *node.language != "ru" && *node.language != "en") bad.push_back({at + "/language", "ru or en"});
  if (node.gather && (!node.branch || (!node.branch->contains("else") && !node.next))) {
    bad.push_back({at + "/branch", "a node that gathers needs branches, and an \"else\" or a next"});
  }
}

}  // namespace

result<void> check(const ivr_document& flow) {
  dto::problems bad;
  if (flow.nodes.empty() || flow.nodes.size() > 100) bad.push_back({"/nodes", "must have 1 to 100 nodes"});
  if (!flow.nodes.contains(flow.start)) bad.push_back({"/start", "no node is called " + flow.start});
  for (const auto& [name, node] : flow.nodes) check_node(flow, name, node, bad);
  const auto good = ending_nodes(flow);
  for (const auto& [name, node] : flow.nodes) {
    if (!good.contains(name)) bad.push_back({"/nodes/" + dto::pointer_token(name), "no way from here to a hang_up"});
  }
  if (bad.empty()) return {};
  return std::unexpected(error{errc::invalid, "the flow is not valid", std::move(bad)});
}

ivr_machine::ivr_machine(const ivr_document& flow, std::string language)
    : flow_(flow), language_(std::move(language)) {}

std::vector<ivr_action> ivr_machine::start() {
  std::vector<ivr_action> out;
  enter(flow_.start, out);
  return out;
}

std::vector<ivr_action> ivr_machine::played() {
  std::vector<ivr_action> out;
  if (!playing_ || ended_) return out;
  playing_ = false;
  ++prompt_;
  play_next(out);
  return out;
}

std::vector<ivr_action> ivr_machine::digit(char key) {
  std::vector<ivr_action> out;
  if (ended_ || !here().gather) return out;
  if (playing_) {
    playing_ = false;
    prompt_ = here().play ? here().play->size() : 0;
    out.push_back({ivr_verb::stop_playing});
  }
  if (key != '#') digits_ += key;
  if (key == '#' || static_cast<std::int32_t>(digits_.size()) >= here().gather->max)
    branch(out);
  else
    out.push_back({ivr_verb::wait, {}, milliseconds{here().gather->timeout_ms}});
  return out;
}

std::vector<ivr_action> ivr_machine::silence() {
  std::vector<ivr_action> out;
  if (!ended_ && !playing_ && here().gather) branch(out);
  return out;
}

void ivr_machine::enter(const std::string& name, std::vector<ivr_action>& out) {
  const auto found = flow_.nodes.find(name);
  if (found == flow_.nodes.end() || ++steps_ > 50) {
    ended_ = true;
    out.push_back({ivr_verb::hang_up});
    return;
  }
  at_ = name;
  digits_.clear();
  prompt_ = 0;
  if (found->second.language) language_ = *found->second.language;
  if (found->second.opt_out.value_or(false)) out.push_back({ivr_verb::opt_out});
  play_next(out);
}

void ivr_machine::play_next(std::vector<ivr_action>& out) {
  const auto& node = here();
  if (node.play && prompt_ < node.play->size()) {
    playing_ = true;
    out.push_back({ivr_verb::play, "sound:vss/" + language_ + "/" + (*node.play)[prompt_]});
    return;
  }
  after_prompts(out);
}

void ivr_machine::after_prompts(std::vector<ivr_action>& out) {
  const auto& node = here();
  if (node.gather) {
    out.push_back({ivr_verb::wait, {}, milliseconds{node.gather->timeout_ms}});
  } else if (node.next && !node.hang_up.value_or(false)) {
    enter(*node.next, out);
  } else {
    ended_ = true;
    out.push_back({ivr_verb::hang_up});
  }
}

void ivr_machine::branch(std::vector<ivr_action>& out) {
  const auto& node = here();
  std::string target = node.next.value_or("");
  if (node.branch) {
    if (const auto exact = node.branch->find(digits_); exact != node.branch->end())
      target = exact->second;
    else if (const auto other = node.branch->find("else"); other != node.branch->end())
      target = other->second;
  }
  enter(target, out);
}

}  // namespace vss::ottb
