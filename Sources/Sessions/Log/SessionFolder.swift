import CLibrary

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The folder of the autosaves.
///
/// Every running explorer has a file of its own in it, also where several machines share a home
/// directory.
public struct SessionFolder: Equatable, Sendable {
  /// The path.
  public let path: String

  /// The end of an autosave's name.
  public static let suffix = ".session.jsonl"
  /// The number of autosaves that are kept.
  public static let keptCount = 50
  /// The number of the latest among them, which are kept whatever is in them.
  static let latestCount = 10

  /// Creates a folder at a path; nothing is made yet.
  public init(path: String) {
    self.path = path
  }

  /// The folder of this person: `dropscope/sessions` in `XDG_STATE_HOME`, or in `~/.local/state`
  /// without it; nil where neither it nor `HOME` is set.
  public init?(_ environment: [String: String]) {
    guard let state = XDGFolder.state(environment) else { return nil }
    path = state + "/sessions"
  }

  /// Makes a file that no other process has, and locks it.
  ///
  /// - Returns: the open file and its path.
  func create(dataName: String, now: Int) throws(SavedFileError) -> (file: Int32, path: String) {
    try OwnFolder.make(path)
    let stem = SessionName.stem(dataName: dataName, now: now)
    var number = 1
    while true {
      let name = stem + (number == 1 ? "" : "-\(number)") + SessionFolder.suffix
      let file = open(
        "\(path)/\(name)", O_WRONLY | O_CREAT | O_EXCL | O_APPEND | O_CLOEXEC, 0o600)
      if file >= 0 {
        SessionLock.take(file)
        return (file, "\(path)/\(name)")
      }
      guard errno == EEXIST, number < 1000 else {
        throw SavedFileError(
          name: "\(path)/\(name)",
          problem: .unwritable(reason: SystemFailure(code: errno).description))
      }
      number += 1
    }
  }

  /// The autosaves, the one that was written last first; empty where there is no folder.
  public var entries: [SessionFolderEntry] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
    return names.filter { $0.hasSuffix(SessionFolder.suffix) }
      .compactMap { SessionFolderEntry(folder: path, name: $0) }
      .sorted { ($0.modified, $0.name) > ($1.modified, $1.name) }
  }

  /// The autosave to go on with: the latest one in which a person made something, else the latest;
  /// nil where there is none.
  ///
  /// A file of a process that lives is left out, since that goes on by itself. One that cannot be
  /// read counts as made: nobody knows what is in it.
  public var last: SessionFolderEntry? {
    let free = entries.lazy.filter { $0.bytes > 0 && !$0.isInUse }
    return free.first { (try? SessionFile.read($0.path))?.session.isMade ?? true } ?? free.first
  }

  /// The autosave of a name, with or without its end; nil where there is none.
  public func entry(named name: String) -> SessionFolderEntry? {
    let whole = name.hasSuffix(SessionFolder.suffix) ? name : name + SessionFolder.suffix
    guard !whole.contains("/"), !whole.utf8.contains(0) else { return nil }
    return SessionFolderEntry(folder: path, name: whole)
  }

  /// Removes an autosave.
  ///
  /// - Throws: ``SavedFileError`` where a process that lives writes it, or the system refuses.
  public func remove(_ entry: SessionFolderEntry) throws(SavedFileError) {
    let refusal: String? = SessionLock.whileLocked(entry.path) {
      unlink(entry.path) == 0 ? nil : SystemFailure(code: errno).description
    } inUse: {
      "an explorer that runs writes it"
    }
    if let refusal {
      throw SavedFileError(name: entry.path, problem: .unwritable(reason: refusal))
    }
  }

  /// Removes autosaves that no process writes any more: the oldest ones of runs that were only
  /// trained, and then the oldest ones in which a person made something.
  ///
  /// The latest ones are kept whatever is in them, and one that cannot be read counts as made.
  /// One of another machine, whose locks may not reach this one, has to be a week old.
  ///
  /// - Parameters:
  ///   - count: the number that are kept.
  ///   - now: the time, in seconds since 1970; nil asks the clock.
  /// - Returns: the names of those that were removed.
  @discardableResult
  public func prune(
    keeping count: Int = SessionFolder.keptCount, now: Int? = nil
  ) -> [String] {
    let week = 7 * 24 * 3600
    let now = now ?? time(nil)
    return surplus(count).compactMap { entry in
      guard entry.host == SessionName.host || entry.modified / 1_000_000_000 < now - week,
        (try? remove(entry)) != nil
      else { return nil }
      return entry.name
    }
  }

  /// The autosaves beyond a number of those that are worth most, in the order of their listing.
  private func surplus(_ count: Int) -> [SessionFolderEntry] {
    let entries = entries
    guard entries.count > count else { return [] }
    let latest = min(count, SessionFolder.latestCount)
    let older = entries.dropFirst(latest).map { entry in
      (entry, isMade: (try? SessionFile.read(entry.path))?.session.isMade ?? true)
    }
    let kept = (older.filter(\.isMade) + older.filter { !$0.isMade }).prefix(count - latest)
    let names = Set(kept.map(\.0.name))
    return older.map(\.0).filter { !names.contains($0.name) }
  }
}
