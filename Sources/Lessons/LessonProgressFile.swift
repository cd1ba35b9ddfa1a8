import JSON
public import Sessions

/// The file that keeps how far a person is with the lessons.
public struct LessonProgressFile: Equatable, Sendable {
  /// The path.
  public let path: String

  /// The most bytes of a file.
  static let sizeLimit = 65_536
  private static let version = 1

  /// Creates the file at a path; nothing is written yet.
  public init(path: String) { self.path = path }

  /// The file of this person: `lessons.json` in ``Sessions/XDGFolder/state(_:)``; nil where there
  /// is no such folder.
  public init?(_ environment: [String: String]) {
    guard let folder = XDGFolder.state(environment) else { return nil }
    path = folder + "/lessons.json"
  }

  /// Reads it; nothing was begun where there is no file.
  ///
  /// - Throws: ``Sessions/SavedFileError`` with the first fault.
  public func read() throws(SavedFileError) -> LessonProgress {
    let bytes: [UInt8]
    do {
      bytes = try SessionFile.bytes(of: path, limit: LessonProgressFile.sizeLimit)
    } catch {
      if case .unreadable(_, isMissing: true) = error.problem { return LessonProgress() }
      throw error
    }
    return try LessonProgressFile.progress(bytes, name: path)
  }

  private static func progress(
    _ bytes: [UInt8], name: String
  ) throws(SavedFileError) -> LessonProgress {
    let whole = JSONField(node: try JSONNode(bytes, name: name), place: "", name: name)
    // A later version may have members that this one does not know.
    if let field = try whole.members().first(where: { $0.name == "dropscopeLessons" })?.field {
      let found = try field.integer(1...Int(Int32.max))
      guard found <= version else { throw field.error(.future(version: found, known: version)) }
    }
    let object = try whole.object(["dropscopeLessons", "lessons"])
    let list = try object["lessons"].list().suffix(LessonProgress.most)
    return LessonProgress(
      entries: try list.map { (field) throws(SavedFileError) in
        let entry = try field.object(["name", "place", "done"])
        return LessonProgress.Entry(
          name: try entry["name"].text(), place: try entry["place"].integer(0...1_000),
          isDone: try entry["done"].flag())
      })
  }

  /// Writes it; it is never half written.
  ///
  /// - Throws: ``Sessions/SavedFileError`` where the system refuses.
  public func write(_ progress: LessonProgress) throws(SavedFileError) {
    let entries = progress.entries.map { entry in
      JSONValue.object([
        ("name", .text(entry.name)), ("place", .integer(entry.place)),
        ("done", .flag(entry.isDone)),
      ])
    }
    let document = JSONValue.object([
      ("dropscopeLessons", .integer(LessonProgressFile.version)), ("lessons", .list(entries)),
    ])
    try OwnFolder.make(AtomicFile.folder(of: path))
    do {
      try AtomicFile.write(document.indented, to: path, replacing: true)
    } catch {
      throw SavedFileError(name: path, problem: .unwritable(reason: error.description))
    }
  }

  /// Writes it together with what another terminal wrote since it was read.
  ///
  /// - Throws: ``Sessions/SavedFileError`` where the system refuses, or where the file cannot be
  ///   read by now: it is left as it is.
  public func keep(_ progress: LessonProgress) throws(SavedFileError) {
    try write(progress.merged(with: read()))
  }

  /// Gives a file that is broken another name, so that neither it nor what was set aside before is
  /// written over.
  ///
  /// - Returns: its new path; nil where the system refuses, or too many were set aside.
  public func setAside() -> String? {
    let names = (1...LessonProgressFile.mostBroken).map {
      path + ".broken" + ($0 > 1 ? "-\($0)" : "")
    }
    do {
      return try AtomicFile.move(path, toFirstFreeOf: names)
    } catch {
      return nil
    }
  }

  /// The most broken files that are kept.
  private static let mostBroken = 99
}
