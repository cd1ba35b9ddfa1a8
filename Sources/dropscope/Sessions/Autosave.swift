import DropoutEngine
import Explorer
import Sessions
import Threads

/// Saves the session of an explorer by itself: each change at once, the place every few seconds.
///
/// A thread of its own writes, so that a slow disk never holds the screen up for long.
final class Autosave: Sendable {
  private struct Desk: Sendable {
    var session: Session?
    var subject: AutosaveSubject?
    var asked = 0
    var done = 0
    var failure: String?
    /// The file that the session is in; nil where it is in none yet.
    var path: String?
    var isStopped = false
  }

  /// The time from one record of the place to the next.
  static let interval = Duration.seconds(5)
  /// How long the screen waits for a change to be on the disk.
  private static let patience = 1_000
  /// How long the end of the program waits for the last record.
  private static let lastPatience = 2_000

  private let desk = Guarded(Desk())
  private let bell = Bell()
  private let finished = Bell()

  /// Starts to save into the person's folder; where there is none it says so once.
  ///
  /// - Parameters:
  ///   - entry: the autosave to go on in; nil begins one of its own.
  ///   - subject: the subject that it has.
  ///   - wake: called, from another thread, when ``failure`` changes.
  init(
    continuing entry: SessionFolderEntry? = nil, of subject: AutosaveSubject,
    wake: @escaping @Sendable () -> Void
  ) {
    guard let folder = SessionFolder(ThisProcess.environment) else {
      desk.withLock {
        $0.isStopped = true
        $0.failure = "neither XDG_STATE_HOME nor HOME is set"
      }
      return
    }
    WorkerThread.start { [self] in
      // The autosave to continue is claimed before others may remove it.
      let begun = entry.flatMap { SessionLog(continuing: $0, in: folder) }
      desk.withLock { $0.path = begun?.path }
      folder.prune()
      run(folder, begun, of: subject, wake: wake)
    }
  }

  /// The name of the file that the session is in; nil where it is in none yet.
  var path: String? { desk.withLock { $0.path } }

  /// The reason why nothing is saved at present; nil while all is well.
  var failure: String? { desk.withLock { $0.failure } }

  /// Records a session; a change is on the disk when this returns, unless the disk is slow.
  func record(_ session: Session, of subject: AutosaveSubject, isChange: Bool) {
    let asked = desk.withLock { desk -> Int? in
      guard !desk.isStopped else { return nil }
      (desk.session, desk.subject) = (session, subject)
      desk.asked += 1
      return desk.asked
    }
    guard let asked else { return }
    bell.ring()
    if isChange { wait(for: asked, milliseconds: Autosave.patience) }
  }

  /// Writes what was recorded last, and ends.
  func close() {
    let (asked, isRunning) = desk.withLock { desk in
      defer { desk.isStopped = true }
      return (desk.asked, !desk.isStopped)
    }
    guard isRunning else { return }
    bell.ring()
    wait(for: asked, milliseconds: Autosave.lastPatience)
  }

  private func wait(for asked: Int, milliseconds: Int) {
    let end = ContinuousClock.now + .milliseconds(milliseconds)
    while desk.withLock({ $0.done < asked }) {
      guard finished.wait(atMost: end - ContinuousClock.now) else { return }
    }
  }

  private func run(
    _ folder: SessionFolder, _ begun: SessionLog?, of first: AutosaveSubject, wake: () -> Void
  ) {
    var log = begun
    var logged = first
    while true {
      bell.wait()
      let (session, subject, asked, isStopped) = desk.withLock { desk in
        defer { desk.session = nil }
        return (desk.session, desk.subject, desk.asked, desk.isStopped)
      }
      if let session, let subject {
        if log == nil || logged != subject {
          log = SessionLog(in: folder, dataName: session.settings.experiment.data)
        }
        logged = subject
        _ = log?.record(session)
        // The reason first: a footer is short, and paths are long.
        let failure = log?.failure.map { "\($0.problem.fault): \(ForeignText.path($0.name))" }
        let isNews = desk.withLock { desk in
          desk.path = log?.path
          defer { desk.failure = failure }
          return desk.failure != failure
        }
        if isNews { wake() }
      }
      desk.withLock { $0.done = asked }
      finished.ring()
      if isStopped { return }
    }
  }
}

extension Autosave {
  /// Whether branches have the same changes, whatever step they got to.
  static func says(_ branches: [Branch], theSameAs others: [Branch]) -> Bool {
    branches.count == others.count
      && zip(branches, others).allSatisfy {
        $0.number == $1.number && $0.name == $1.name && $0.journal == $1.journal
      }
  }
}
