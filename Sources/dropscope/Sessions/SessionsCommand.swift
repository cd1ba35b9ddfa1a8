import ArgumentParser
import DropoutEngine
import Sessions

/// `dropscope sessions`: what explorers saved by themselves.
struct SessionsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sessions",
    abstract: "List, show, remove and prune the sessions that explorers saved by themselves.",
    discussion: """
      list (the default) lists them, the latest first. show NAME... tells what is in them, and \
      with --json writes each as a document that --resume takes. remove NAME... removes them. \
      prune keeps \(SessionFolder.keptCount): the latest, then those in which something was \
      made (a change, a branch, a name), then runs that were only trained. One that a running \
      explorer writes is neither removed nor pruned.

      They lie in $XDG_STATE_HOME/dropscope/sessions, or in ~/.local/state/dropscope/sessions. \
      dropscope explore --last goes on with the latest, and --resume NAME with any.
      """)

  /// The things that can be done with sessions.
  enum Action: String, ExpressibleByArgument, CaseIterable {
    case list, show, remove, prune
  }

  @Argument(help: ArgumentHelp("list, show, remove or prune.", valueName: "ACTION"))
  var action = Action.list

  @Argument(help: ArgumentHelp("The names, as they are listed.", valueName: "NAME"))
  var names: [String] = []

  @Flag(help: "With show: write the whole session as JSON (docs/session.md).")
  var json = false

  func validate() throws {
    switch action {
    case .list, .prune:
      if let name = names.first {
        throw ValidationError(
          "\(action.rawValue) takes no name, and got '\(ForeignText.shown(name))'.")
      }
    case .show, .remove:
      if names.isEmpty {
        throw ValidationError("\(action.rawValue) needs a NAME; dropscope sessions lists them.")
      }
    }
    if json, action != .show { throw ValidationError("--json goes with show.") }
  }

  func run() throws {
    guard let folder = SessionFolder(ThisProcess.environment) else {
      throw CommandFailure.noInput(
        "HOME and XDG_STATE_HOME are not set, so there is no folder of sessions: set one of them")
    }
    var output = OutputStream.standardOutput()
    switch action {
    case .list:
      let entries = folder.entries
      if entries.isEmpty {
        StandardError.writeLine(
          "\(ForeignText.path(folder.path)): no explorer has saved a session here")
      }
      for line in SessionList.lines(entries) { try output.writeLine(line) }
    case .show:
      for entry in try named(in: folder) {
        let stored = try SessionsCommand.read(entry)
        if let remark = stored.remark { StandardError.writeLine("\(entry.name): \(remark)") }
        guard !json else {
          try output.write(stored.session.document)
          continue
        }
        for line in SessionList.details(stored.session, of: entry) { try output.writeLine(line) }
      }
    case .remove:
      for entry in try named(in: folder) {
        do throws(SavedFileError) {
          try folder.remove(entry)
        } catch {
          throw CommandFailure.cannotCreate(
            "\(ForeignText.path(entry.path)): cannot be removed: \(error.problem.reasonAlone)")
        }
        try output.writeLine("removed \(ForeignText.shown(entry.name, limit: 200))")
      }
    case .prune:
      for name in folder.prune() {
        try output.writeLine("removed \(ForeignText.shown(name, limit: 200))")
      }
    }
    try output.flush()
  }

  /// The entries of the names; none is touched where one does not exist.
  private func named(in folder: SessionFolder) throws(CommandFailure) -> [SessionFolderEntry] {
    var entries: [SessionFolderEntry] = []
    for name in names {
      guard let entry = folder.entry(named: name) else {
        let known = folder.entries.map { SessionList.shortName($0) }
        let nearest = NameDistance.nearest(to: name, in: known)
        throw .noInput(
          "\(ForeignText.path(folder.path)) has no session '\(ForeignText.shown(name))'"
            + (nearest.map { "; did you mean '\($0)'?" }
              ?? ": dropscope sessions lists those that there are"))
      }
      entries.append(entry)
    }
    return entries
  }

  private static func read(_ entry: SessionFolderEntry) throws(CommandFailure) -> StoredSession {
    do throws(SavedFileError) {
      return try SessionFile.read(entry.path)
    } catch {
      throw CommandFailure(error)
    }
  }
}

extension SavedFileProblem {
  /// The reason of a refusal without the words around it.
  fileprivate var reasonAlone: String {
    if case .unwritable(let reason) = self { return reason }
    return fault
  }
}
