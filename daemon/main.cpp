/// oind: the daemon.  Exit status: 0 ended as asked, 1 bad settings, 2 wrong usage, 3 store unusable or held.
#include <sys/resource.h>

#include <CLI/CLI.hpp>
#include <iostream>

#include "daemon/log.hpp"
#include "daemon/service.hpp"

namespace {

/// Secrets must not end in a core dump (promise 7).
void forbid_core_dumps() {
  const rlimit none{0, 0};
  setrlimit(RLIMIT_CORE, &none);
}

int complain(const oin::Problems& problems) {
  for (const std::string& problem : problems) std::cerr << problem << "\n";
  return 1;
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app{"oind, the review desk that runs on e-mail"};
  std::string config, at;
  bool check = false, once = false;
  app.add_option("--config", config, "oind.toml")->required();
  app.add_flag("--check", check, "validate all settings and letters, and exit");
  app.add_flag("--once", once, "one pass over mailboxes, timers and letters, and exit");
  app.add_option("--at", at, "with --once and [desk] test_clock: the time it is taken to be");
  app.set_version_flag("--version", std::string("oind ") + OIND_VERSION);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& e) {
    return app.exit(e) == 0 ? 0 : 2;
  }
  forbid_core_dumps();
  oin::log::open();

  oin::Problems problems;
  oin::Configuration configuration = oin::load(config, problems);
  if (!problems.empty()) return complain(problems);
  oin::log::set_level(configuration.settings.log.level);
  auto office = oin::open_office(std::move(configuration));
  if (!office) return complain({office.error().what});
  if (problems = oin::check_office(office.value()); !problems.empty()) return complain(problems);
  if (check) {
    std::cout << config << ": no problems\n";
    return 0;
  }

  oin::Clock clock;
  if (!at.empty()) {
    const auto instant = oin::parse_rfc3339(at);
    if (!instant || !once || !office.value().settings.desk.test_clock) {
      std::cerr << "--at takes a time such as 2026-11-23T10:00:00Z, with --once and under [desk] test_clock "
                   "= true\n";
      return 2;
    }
    clock.set(*instant);
  }

  const oin::net::CurlGlobal curl;
  auto store = oin::store::open_sqlite(office.value().settings.store.sqlite_path, oin::store::Access::daemon);
  if (!store) {
    oin::log::error("store.unusable why={}", oin::log::field(store.error().what));
    return 3;
  }
  oin::Service service(std::move(office).value(), std::move(store).value(), clock, config);
  return once ? service.once() : service.run();
}
