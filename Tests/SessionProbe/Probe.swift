import CLibrary
import DropoutEngine
import SessionSamples
import Sessions

/// A program that records changes until something ends it.
///
/// - `record FOLDER`: records changes without end, and writes the number of each on a line once it
///   is recorded.
/// - `hold FOLDER`: records one session, writes the path, and waits for the end of its input.
/// - `full FOLDER`: records until a limit of 4 KB is reached, then without the limit; writes what
///   each call said.
@main
struct Probe {
  static func main() throws {
    let arguments = CommandLine.arguments
    guard arguments.count == 3 else { exit(64) }
    let log = SessionLog(in: SessionFolder(path: arguments[2]), dataName: "spiral")
    switch arguments[1] {
    case "record": try record(log)
    case "hold":
      guard log.record(try SessionSamples.session()) == nil else { exit(1) }
      write(log.path ?? "")
      while readLine() != nil {}
    case "full": try full(log)
    default: exit(64)
    }
  }

  private static func record(_ log: SessionLog) throws {
    var session = try SessionSamples.session()
    var number = 0
    while true {
      if let failure = log.record(session) {
        write("\(failure)")
        exit(1)
      }
      write("\(number)")
      number += 1
      session = changed(session, number)
    }
  }

  /// Records up to a limit that the system sets, which stands for a disk that is full.
  private static func full(_ log: SessionLog) throws {
    signal(SIGXFSZ, SIG_IGN)
    var session = try SessionSamples.session()
    var limit = rlimit(rlim_cur: 4096, rlim_max: rlim_t.max)
    setrlimit(.file, &limit)
    for number in 1...100 {
      session = changed(session, number)
      if let failure = log.record(session) { write("\(number): \(failure)") }
    }
    write("failing: \(log.failure != nil)")
    limit.rlim_cur = rlim_t.max
    setrlimit(.file, &limit)
    write(log.record(session).map { "\($0)" } ?? "recorded")
    write("failing: \(log.failure != nil)")
    write(log.path ?? "")
  }

  /// The session after one more change and a little training.
  private static func changed(_ session: Session, _ number: Int) -> Session {
    let branch = session.branch
    var journal = branch.journal
    let step = branch.reached + 1
    journal.append(
      Journal.Entry(step: step, change: SessionSamples.change("l2", "0.\(1000 + number)")))
    return Session(
      program: session.program, folder: session.folder, settings: session.settings,
      branches: session.branches.map {
        $0.number == branch.number
          ? Branch(
            number: $0.number, name: $0.name, parent: $0.parent, origin: $0.origin,
            journal: journal, reached: step) : $0
      },
      position: TimelinePosition(
        branch: branch.number, step: step, changes: journal.entries.count),
      data: session.data, weights: SessionSamples.fingerprint("\(number)"), view: session.view)
  }

  /// Writes a line at once.
  private static func write(_ line: String) {
    let bytes = Array((line + "\n").utf8)
    _ = CLibrary.write(STDOUT_FILENO, bytes, bytes.count)
  }
}

/// The thing that is limited, under the types that it has on each system.
private enum Limited { case file }

private func setrlimit(_ limited: Limited, _ limit: inout rlimit) {
  #if canImport(Glibc)
    _ = CLibrary.setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit)
  #else
    _ = CLibrary.setrlimit(RLIMIT_FSIZE, &limit)
  #endif
}
