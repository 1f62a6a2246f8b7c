# Turns sql/NNN_what.sql files into one C++ table: vss::migrations::<name>().
set(body "#include \"net/migration.hpp\"\n\nnamespace vss::migrations {\nstd::vector<net::migration> ${NAME}() {\n  return {\n")
foreach(file ${FILES})
  get_filename_component(stem ${file} NAME_WE)
  file(READ ${file} text)
  string(APPEND body "      {\"${NAME}\", \"${stem}\", R\"sqlsql(${text})sqlsql\"},\n")
endforeach()
string(APPEND body "  };\n}\n}  // namespace vss::migrations\n")
file(WRITE ${OUT} "${body}")
