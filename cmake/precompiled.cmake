# precompiled(TARGET HEADERS...): TARGET's precompiled header, for others to REUSE_FROM. CMake's own words for its use also name a header
# that it wrote, which differs from checkout to checkout, so that the compiler cache would miss.
set(CMAKE_CXX_COMPILE_OPTIONS_USE_PCH -include-pch <PCH_FILE>)
function(precompiled target)
  target_link_libraries(${target} PRIVATE vss_flags)
  target_compile_options(${target} PRIVATE "SHELL:-Xclang -fno-pch-timestamp" -fpch-instantiate-templates)
  target_precompile_headers(${target} PRIVATE ${ARGN})
endfunction()

add_library(precompiled OBJECT src/base/impl/precompiled.cpp)
precompiled(precompiled src/base/precompiled.hpp)
