#pragma once
// The words for the reasons of `why` that are not refusals of single leads, in English and Russian. Pure.
#include <string_view>

namespace vss::ottb {

struct why_sentence {
  const char* code;
  const char* english;
  const char* russian;
};

bool has_why_words(std::string_view code);
const why_sentence& why_words(std::string_view code);  // of a code that is known; a broken invariant otherwise

}  // namespace vss::ottb
