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
    "limits-short",
  ]
  /// The mark that some editors write before UTF-8.
  private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

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
    let hasMark = document.starts(with: Lesson.byteOrderMark)
    do throws(SavedFileError) {
      let node = try JSONNode(
        hasMark ? Array(document.dropFirst(Lesson.byteOrderMark.count)) : document, name: file)
      whole = LessonField(JSONField(node: node, place: "", name: file), vocabulary)
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
    holdsOnOtherSeeds = try members["other-seeds"]?.flag() ?? false
    otherData =
      try members["other-data"]?.list(0...20).map { (field) throws(LessonError) in
        try field.dataName()
      } ?? []
    setup = try members["setup"]?.settings() ?? []
    do {
      configuration = try Settings(assignments: setup.map { ($0.name, $0.value) }).experiment
    } catch {
      throw (members["setup"] ?? whole).error(.refused(error))
    }
    selection = try members["select"]?.speaking(of: [configuration]).selection()
    var course = LessonCourse(configuration, view: view)
    steps = try members.required("steps").list(1...Lesson.mostSteps).map {
      (field) throws(LessonError) in try LessonStep(field, &course)
    }
    experiments = course.experiments
    let last = [course.configuration]
    limits = try members.required("limits").speaking(of: last).text()
    shortLimits = try members["limits-short"]?.speaking(of: last).short()
  }
}

extension LessonStep {
  private static let sharedNames = [
    "short", "figures", "mark", "hide", "view", "set", "run", "race", "select",
  ]
  private static let kinds = [
    "look": [], "predict": ["answers", "otherwise"], "do": ["until", "act"],
    "see": ["check", "otherwise"], "because": [],
  ]
  private static let kindNames = ["look", "predict", "do", "see", "because"]

  init(_ field: LessonField, _ course: inout LessonCourse) throws(LessonError) {
    var members = try field.object(
      ["kind", "text"],
      maybe: LessonStep.sharedNames + LessonStep.kinds.values.joined().sorted())
    let kind = try members.required("kind").choice(of: LessonStep.kindNames)
    let own = LessonStep.kinds[kind] ?? []
    for (name, member) in members.fields
    where !(["kind", "text"] + LessonStep.sharedNames + own).contains(name) {
      throw member.error(.notOfKind(kind))
    }
    settings = try members["set"]?.settings() ?? []
    try members["set"]?.follow(settings, on: &course)
    view = try members["view"]?.choice(of: field.vocabulary.views)
    race = try members["race"]?.race(of: course.origin)
    course.view = race == nil ? view ?? course.view : LessonRace.view
    let first = (configuration: course.configuration, view: course.view)
    let acts = try members["act"]?.acts(on: &course) ?? []
    // Texts speak of the network before and behind what is done.
    members = members.speaking(of: [first.configuration, course.configuration])
    text = try members.required("text").text()
    short = try members["short"]?.short()
    figures =
      try members["figures"]?.list(1...3).map { (field) throws(LessonError) in
        let members = try field.object(["name", "number"], maybe: [])
        return LessonFigure(
          name: try members.required("name").plain(1...24),
          number: try members.required("number").text(1...60))
      } ?? []
    let views = [first.view, course.view]
    marks = try members["mark"]?.places(in: views) ?? []
    hides = try members["hide"]?.places(in: views) ?? []
    run = try members["run"]?.integer(0...Lesson.mostTraining) ?? 0
    selection = try members["select"]?.selection()
    let otherwise = try members["otherwise"]?.text()
    switch kind {
    case "predict":
      task = .predict(try members.demanded("answers").answers(), otherwise: otherwise)
    case "do":
      _ = try members.demanded("act")
      task = .act(until: try members.demanded("until").condition(), acts: acts)
    case "see":
      task = .see(check: try members.demanded("check").condition(), otherwise: otherwise)
    case "look": task = .look
    default: task = .because
    }
  }
}

extension LessonAnswer {
  init(_ field: LessonField) throws(LessonError) {
    let members = try field.object(["text", "right"], maybe: ["reply", "why"])
    text = try members.required("text").text(1...90)
    right = try members.required("right").flagOrCondition()
    reply = try members["reply"]?.text(1...300)
    why = try members["why"]?.text(1...300)
  }
}

extension LessonField {
  /// The answers to a question, of which not more or less than one is right as far as that can be
  /// told before anything is measured.
  fileprivate func answers() throws(LessonError) -> [LessonAnswer] {
    let answers = try list(2...4).map {
      (field) throws(LessonError) in try LessonAnswer(field)
    }
    let constants = answers.map(\.right.constant)
    let right = constants.count { $0 == true }
    guard right <= 1, right == 1 || constants.contains(nil) else {
      throw error(.answers(right: right))
    }
    for (number, answer) in answers.enumerated() where answer.right.constant == nil {
      guard let other = answers[..<number].firstIndex(where: { $0.right.root == answer.right.root })
      else { continue }
      throw error(.sameCondition(other + 1, number + 1))
    }
    return answers
  }

  /// The acts in the person's place.
  fileprivate func acts(on course: inout LessonCourse) throws(LessonError) -> [LessonAct] {
    var acts: [LessonAct] = []
    for field in try list(1...20) {
      let act = try LessonAct(field)
      if case .set(let setting) = act { try field.follow([setting], on: &course) }
      course.view = act.view(of: vocabulary) ?? course.view
      acts.append(act)
    }
    return acts
  }
}

extension LessonAct {
  private static let forms = [
    "set": "set keep 0.8", "key": "key step-on", "run": "run 300", "view": "view sums",
    "race": "race twins",
  ]

  init(_ field: LessonField) throws(LessonError) {
    let text = try field.plain(1...200)
    let words = text.split(separator: " ", maxSplits: 2).map(String.init)
    guard let verb = words.first, let form = LessonAct.forms[verb] else {
      throw field.error(.noChoice(words.first ?? "", of: ["set", "key", "run", "view", "race"]))
    }
    guard words.count == (verb == "set" ? 3 : 2) else {
      throw field.error(.act(text, form: form))
    }
    switch verb {
    case "set": self = .set(try field.setting(words[1], words[2]))
    case "key":
      let name = try field.choice(words[1], of: field.vocabulary.commands)
      guard field.vocabulary.acts.contains(name) else { throw field.error(.leaves(name)) }
      self = .key(name)
    case "run": self = .run(try field.count(words[1], 1...Lesson.mostTraining))
    case "view": self = .view(try field.choice(words[1], of: field.vocabulary.views))
    default: self = .race(try field.choice(words[1], of: field.vocabulary.races))
    }
  }

  /// The view that it shows; nil where it stays.
  fileprivate func view(of vocabulary: LessonVocabulary) -> String? {
    switch self {
    case .view(let name): name
    case .race: LessonRace.view
    case .key(let name): vocabulary.views.first { name == "view-" + $0 }
    case .set, .run: nil
    }
  }
}
