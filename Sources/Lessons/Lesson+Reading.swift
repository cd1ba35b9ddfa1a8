import DropoutEngine
import JSON
import Sessions

extension Lesson {
  /// The most bytes of a file.
  public static let sizeLimit = 262_144
  /// The most steps of a lesson.
  static let mostSteps = 60
  /// The most training steps that a lesson takes at once.
  static let mostTraining = 100_000

  private static let memberNames = ["name", "title", "about", "steps", "limits"]
  private static let optionalNames = [
    "minutes", "setup", "steps-before", "view", "select", "other-seeds", "other-data",
  ]

  /// Reads a file.
  ///
  /// - Parameters:
  ///   - path: the path of the file.
  ///   - vocabulary: the names that it can use.
  /// - Returns: the lesson.
  /// - Throws: ``LessonError`` with the first fault.
  public static func read(
    _ path: String, _ vocabulary: LessonVocabulary
  ) throws(LessonError) -> Lesson {
    let bytes: [UInt8]
    do throws(SavedFileError) {
      bytes = try SessionFile.bytes(of: path, limit: sizeLimit)
    } catch {
      throw LessonError(error)
    }
    return try Lesson(document: bytes, name: path, vocabulary)
  }

  /// Reads the contents of a file.
  ///
  /// - Parameters:
  ///   - document: the bytes, JSON as `docs/lesson-format.md` describes it.
  ///   - file: the name of the file, for messages.
  ///   - vocabulary: the names that it can use.
  /// - Throws: ``LessonError`` with the first fault.
  public init(
    document: [UInt8], name file: String, _ vocabulary: LessonVocabulary
  ) throws(LessonError) {
    let whole: LessonField
    do throws(SavedFileError) {
      whole = LessonField(
        JSONField(
          node: try JSONNode(document, name: file), place: "", name: file), vocabulary)
    } catch {
      throw LessonError(error)
    }
    let members = try whole.object(Lesson.memberNames, maybe: Lesson.optionalNames)
    name = try members.required("name").name()
    title = try members.required("title").plain(1...60)
    about = try members.required("about").plain(1...70)
    minutes = try members["minutes"]?.integer(1...60) ?? 3
    stepsBefore = try members["steps-before"]?.integer(0...Lesson.mostTraining) ?? 0
    view = try members["view"]?.choice(of: vocabulary.views) ?? vocabulary.views[0]
    selection = try members["select"]?.selection()
    holdsOnOtherSeeds = try members["other-seeds"]?.flag() ?? false
    otherData =
      try members["other-data"]?.list(0...20).map { (field) throws(LessonError) in
        try field.plain(1...200)
      } ?? []
    setup = try members["setup"]?.settings() ?? []
    do {
      configuration = try Settings(assignments: setup.map { ($0.name, $0.value) }).experiment
    } catch {
      throw (members["setup"] ?? whole).error(.refused(error))
    }
    limits = try members.required("limits").text()
    steps = try members.required("steps").list(1...Lesson.mostSteps).map {
      (field) throws(LessonError) in try LessonStep(field)
    }
  }
}

extension LessonStep {
  private static let sharedNames = [
    "short", "mark", "hide", "view", "set", "run", "race", "select",
  ]
  private static let kinds = [
    "look": [], "predict": ["answers", "otherwise"], "do": ["until", "act"],
    "see": ["check", "otherwise"], "because": [],
  ]
  private static let kindNames = ["look", "predict", "do", "see", "because"]

  init(_ field: LessonField) throws(LessonError) {
    let members = try field.object(
      ["kind", "text"],
      maybe: LessonStep.sharedNames + LessonStep.kinds.values.joined().sorted())
    let kind = try members.required("kind").choice(of: LessonStep.kindNames)
    let own = LessonStep.kinds[kind] ?? []
    for (name, member) in members.fields
    where !(["kind", "text"] + LessonStep.sharedNames + own).contains(name) {
      throw member.error(.notOfKind(kind))
    }
    text = try members.required("text").text()
    short = try members["short"]?.text(1...300)
    marks = try members["mark"]?.places() ?? []
    hides = try members["hide"]?.places() ?? []
    view = try members["view"]?.choice(of: field.vocabulary.views)
    settings = try members["set"]?.settings() ?? []
    run = try members["run"]?.integer(0...Lesson.mostTraining) ?? 0
    race = try members["race"]?.race()
    selection = try members["select"]?.selection()
    let otherwise = try members["otherwise"]?.text()
    switch kind {
    case "predict":
      task = .predict(
        try members.required("answers").list(2...4).map {
          (field) throws(LessonError) in try LessonAnswer(field)
        }, otherwise: otherwise)
    case "do":
      task = .act(
        until: try members.required("until").condition(),
        acts: try members.required("act").list(1...20).map {
          (field) throws(LessonError) in try LessonAct(field)
        })
    case "see":
      task = .see(check: try members.required("check").condition(), otherwise: otherwise)
    case "look": task = .look
    default: task = .because
    }
  }
}

extension LessonAnswer {
  init(_ field: LessonField) throws(LessonError) {
    let members = try field.object(["text", "right"], maybe: ["reply"])
    text = try members.required("text").text(1...90)
    right = try members.required("right").flagOrCondition()
    reply = try members["reply"]?.text(1...300)
  }
}

extension LessonAct {
  private static let verbs = ["set", "key", "run", "view", "race"]

  init(_ field: LessonField) throws(LessonError) {
    let text = try field.plain(1...200)
    let words = text.split(separator: " ", maxSplits: 2).map(String.init)
    func word(_ index: Int) -> String { words.count > index ? words[index] : "" }
    switch word(0) {
    case "set":
      self = .set(try field.setting(word(1), word(2)))
    case "key": self = .key(try field.choice(word(1), of: field.vocabulary.commands))
    case "run": self = .run(try field.count(word(1), 1...Lesson.mostTraining))
    case "view": self = .view(try field.choice(word(1), of: field.vocabulary.views))
    case "race": self = .race(try field.choice(word(1), of: field.vocabulary.races))
    default: throw field.error(.noChoice(word(0), of: LessonAct.verbs))
    }
  }
}
