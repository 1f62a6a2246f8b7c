#pragma once
// What PostgreSQL's SQLSTATE means to the product. Messages of the server can quote values of a row, so none of them is
// kept: an error carries the constraint or column that refused, and the log the SQLSTATE and the statement's name.
#include <libpq-fe.h>

#include "base/result.hpp"

namespace vss::net {

// The kind of a five-character SQLSTATE; see net/postgres.hpp for the table in words.
errc kind_of_sqlstate(std::string_view sqlstate);

// True when the connection cannot be used after this error: the server left, became a standby or lost our statement.
bool ends_connection(std::string_view sqlstate);

// The error of a failed result; also writes the log line.
error pg_error(const PGresult* failed, std::string_view statement);

// The error of a connection that broke; `doing` says when.
error pg_lost(std::string_view doing);

}  // namespace vss::net
