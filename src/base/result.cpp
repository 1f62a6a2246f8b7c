#include "base/result.hpp"

namespace vss {

const char* name(errc kind) {
  switch (kind) {
    case errc::not_found:
      return "not_found";
    case errc::conflict:
      return "conflict";
    case errc::invalid:
      return "invalid";
    case errc::unauthorized:
      return "unauthorized";
    case errc::forbidden:
      return "forbidden";
    case errc::refused:
      return "refused";
    case errc::precondition:
      return "precondition";
    case errc::too_large:
      return "too_large";
    case errc::too_many:
      return "too_many";
    case errc::unavailable:
      return "unavailable";
    case errc::timeout:
      return "timeout";
    case errc::internal:
      return "internal";
  }
  return "internal";
}

}  // namespace vss
