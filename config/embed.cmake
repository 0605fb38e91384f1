# oin_embed(TARGET NAME ROOT GLOB…): compiles files into the program, so that one binary and one
# oind.toml are enough to run.  TARGET gets `oin::shipped::NAME()` from "NAME.hpp": every file as
# (path below ROOT, text), sorted by path.
function(oin_embed target name root glob)
  file(GLOB_RECURSE files CONFIGURE_DEPENDS RELATIVE ${PROJECT_SOURCE_DIR}/${root} ${glob} ${ARGN})
  list(FILTER files EXCLUDE REGEX "\\.(cpp|hpp|cmake)$")
  list(SORT files)
  set(body "")
  foreach(file ${files})
    set(path ${PROJECT_SOURCE_DIR}/${root}/${file})
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${path})
    file(READ ${path} text)
    string(APPEND body "    {\"${file}\", R\"~~~(${text})~~~\"},\n")
  endforeach()
  set(folder ${CMAKE_BINARY_DIR}/shipped)
  file(CONFIGURE OUTPUT ${folder}/${name}.hpp CONTENT [[
#pragma once
#include <span>
#include <string_view>
#include <utility>
namespace oin::shipped {
/// Files compiled into the program: path and text, sorted by path.
std::span<const std::pair<std::string_view, std::string_view>> @name@();
}  // namespace oin::shipped
]] @ONLY)
  file(GENERATE OUTPUT ${folder}/${name}.cpp CONTENT "#include \"${name}.hpp\"\n#include <array>\nnamespace oin::shipped {
std::span<const std::pair<std::string_view, std::string_view>> ${name}() {
  static const std::pair<std::string_view, std::string_view> files[] = {\n${body}    {\"\", \"\"}};
  return std::span(files).first(std::size(files) - 1);
}
}  // namespace oin::shipped
")
  get_target_property(kind ${target} TYPE)
  if(NOT kind STREQUAL INTERFACE_LIBRARY)
    target_sources(${target} PRIVATE ${folder}/${name}.cpp)
    target_include_directories(${target} PRIVATE ${folder})
  endif()
endfunction()
