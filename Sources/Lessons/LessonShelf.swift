/// The lessons that come with the program, in their order.
public enum LessonShelf {
  /// A lesson's file: its name without the end, and its bytes.
  typealias File = (name: String, bytes: [UInt8])

  static let files: [File] = [
    ("mask", PackageResources.mask_json),
    ("two-sums", PackageResources.two_sums_json),
    ("classic-inverted", PackageResources.classic_inverted_json),
    ("l2", PackageResources.l2_json),
    ("bagging", PackageResources.bagging_json),
    ("way-back", PackageResources.way_back_json),
    ("update-scale", PackageResources.update_scale_json),
    ("subspaces", PackageResources.subspaces_json),
    ("bugs", PackageResources.bugs_json),
  ]

  /// Reads all of them.
  ///
  /// - Throws: ``LessonError`` where a file of the program itself has a fault.
  public static func lessons(_ vocabulary: LessonVocabulary) throws(LessonError) -> [Lesson] {
    try files.map { (file) throws(LessonError) in
      try Lesson(document: file.bytes, name: file.name + ".json", vocabulary)
    }
  }

  /// The names of the lessons, in their order.
  public static var names: [String] { files.map(\.name) }

  /// Reads one of them.
  ///
  /// - Throws: ``LessonError`` where there is none of that name.
  public static func lesson(
    named name: String, _ vocabulary: LessonVocabulary
  ) throws(LessonError) -> Lesson {
    guard let file = files.first(where: { $0.name == name }) else {
      throw LessonError(name: name, problem: .noLesson(names: names))
    }
    return try Lesson(document: file.bytes, name: file.name + ".json", vocabulary)
  }
}
