#pragma once
// The template part of net/router.hpp: reads a function's signature and forgets its types.
#include "net/router.hpp"

namespace vss::net {

// A route's function without its types.
struct router::erased {
  struct input {
    boost::json::value json;
    std::string raw;
  };
  struct output {
    int status = 200;
    std::string content_type = "application/json";
    std::string body{};
    std::optional<std::string> version{};
    std::optional<std::string> location{};
    std::vector<std::string> cookies{};
  };
  using schema_fn = boost::json::object (*)(boost::json::object& components);

  std::function<task<result<output>>(call, input)> run;
  schema_fn in = nullptr;   // of a JSON body
  schema_fn out = nullptr;  // of a JSON answer
  bool raw_in = false;
  bool raw_out = false;
  bool versioned = false;  // answers with an ETag
};

namespace route_types {

template <class F>
struct signature : signature<decltype(&F::operator())> {};
template <class C, class R, class... A>
struct signature<R (C::*)(A...) const> : signature<R (*)(A...)> {};
template <class C, class R, class... A>
struct signature<R (C::*)(A...)> : signature<R (*)(A...)> {};
template <class R>
struct signature<task<result<R>> (*)(call)> {
  using answer = R;
  using body = void;
};
template <class R, class In>
struct signature<task<result<R>> (*)(call, In)> {
  using answer = R;
  using body = std::remove_cvref_t<In>;
};

template <class T>
struct unwrapped {
  using type = T;
  static constexpr bool versioned = false;
};
template <class T>
struct unwrapped<reply<T>> {
  using type = T;
  static constexpr bool versioned = true;
};

template <class Output, class T>
void fill(Output& out, T value) {
  if constexpr (unwrapped<T>::versioned) {
    if (value.instead)
      fill(out, std::move(*value.instead));
    else
      fill(out, std::move(value.body));
    if (value.status != 200) out.status = value.status;
    out.version = std::move(value.version);
    out.location = std::move(value.location);
    out.cookies = std::move(value.cookies);
  } else if constexpr (std::is_same_v<T, nothing>) {
    out.status = 204;
    out.content_type.clear();
  } else if constexpr (std::is_same_v<T, raw_reply>) {
    out.status = value.status;
    out.content_type = std::move(value.content_type);
    out.body = std::move(value.body);
  } else {
    out.body = dto::write(value);
  }
}

// Function and call live as long as the route table; body and answer belong to the frame.
template <class Output, class Input, class F>
task<result<Output>> run(const F* function, call who, Input in) {
  using types = signature<F>;
  Output out;
  if constexpr (std::is_void_v<typename types::body>) {
    auto got = co_await (*function)(std::move(who));
    if (!got) co_return std::unexpected(std::move(got.error()));
    fill(out, std::move(*got));
  } else if constexpr (std::is_same_v<typename types::body, raw_body>) {
    raw_body body{std::move(in.raw)};
    auto got = co_await (*function)(std::move(who), std::move(body));
    if (!got) co_return std::unexpected(std::move(got.error()));
    fill(out, std::move(*got));
  } else {
    auto body = dto::read<typename types::body>(in.json);
    if (!body) co_return std::unexpected(std::move(body.error()));
    auto got = co_await (*function)(std::move(who), std::move(*body));
    if (!got) co_return std::unexpected(std::move(got.error()));
    fill(out, std::move(*got));
  }
  co_return std::move(out);
}

}  // namespace route_types

template <class F>
void router::add(route r, F function) {
  using types = route_types::signature<F>;
  using body = typename types::body;
  using answer = typename route_types::unwrapped<typename types::answer>::type;
  erased e;
  const auto kept = std::make_shared<const F>(std::move(function));
  e.run = [kept](call who, erased::input in) {
    return route_types::run<erased::output, erased::input, F>(kept.get(), std::move(who), std::move(in));
  };
  e.raw_in = std::is_same_v<body, raw_body>;
  e.raw_out = std::is_same_v<answer, raw_reply>;
  e.versioned = route_types::unwrapped<typename types::answer>::versioned;
  if constexpr (!std::is_void_v<body> && !std::is_same_v<body, raw_body>) e.in = &dto::schema<body>;
  if constexpr (!std::is_same_v<answer, nothing> && !std::is_same_v<answer, raw_reply>) e.out = &dto::schema<answer>;
  add_erased(std::move(r), std::move(e));
}

}  // namespace vss::net
