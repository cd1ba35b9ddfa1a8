import DropoutEngine
import JSON
import Sessions

/// A value of a lesson's file, with its place, on its way to a type.
struct LessonField {
  /// The longest text of a step.
  static let longestText = 600

  let field: JSONField
  /// The names that a lesson can use.
  let vocabulary: LessonVocabulary

  init(_ field: JSONField, _ vocabulary: LessonVocabulary) {
    (self.field, self.vocabulary) = (field, vocabulary)
  }

  func error(_ problem: LessonProblem) -> LessonError {
    LessonError(name: field.name, line: field.node.line, field: field.place, problem: problem)
  }

  /// Does what reads JSON, whose errors become those of lessons.
  private func reading<Value>(
    _ read: (JSONField) throws(SavedFileError) -> Value
  ) throws(LessonError) -> Value {
    do throws(SavedFileError) {
      return try read(field)
    } catch {
      throw LessonError(error)
    }
  }

  func object(
    _ names: [String], maybe others: [String]
  ) throws(LessonError) -> LessonMembers {
    let object = try reading { (field) throws(SavedFileError) in
      try field.object(names, maybe: others)
    }
    return LessonMembers(
      whole: self, fields: object.fields.mapValues { LessonField($0, vocabulary) })
  }

  func list(_ range: ClosedRange<Int>) throws(LessonError) -> [LessonField] {
    let list = try reading { (field) throws(SavedFileError) in try field.list() }
    guard range.contains(list.count) else { throw error(.count(list.count, range: range)) }
    return list.map { LessonField($0, vocabulary) }
  }

  func flag() throws(LessonError) -> Bool {
    try reading { (field) throws(SavedFileError) in try field.flag() }
  }

  func integer(_ range: ClosedRange<Int>) throws(LessonError) -> Int {
    try reading { (field) throws(SavedFileError) in try field.integer(range) }
  }

  /// A text without live numbers.
  func plain(_ range: ClosedRange<Int>) throws(LessonError) -> String {
    let text = try reading { (field) throws(SavedFileError) in try field.text() }
    let count = text.unicodeScalars.count
    guard range.contains(count) else { throw error(.length(count, range: range)) }
    if let scalar = text.unicodeScalars.first(where: { !ForeignText.isPlain($0) }) {
      throw error(.character(scalar.value))
    }
    return text
  }

  func text(_ range: ClosedRange<Int> = 1...longestText) throws(LessonError) -> LessonText {
    let text = try plain(range)
    do throws(TextFault) {
      return try LessonText(text, vocabulary)
    } catch {
      throw self.error(.text(column: error.column, error.problem))
    }
  }

  func condition() throws(LessonError) -> Condition {
    let text = try plain(1...ConditionParser.longest)
    do throws(TextFault) {
      return try ConditionParser.parse(text, vocabulary)
    } catch {
      throw self.error(.text(column: error.column, error.problem))
    }
  }

  func flagOrCondition() throws(LessonError) -> Condition {
    if case .flag(let holds) = field.node.content { return Condition(holds) }
    return try condition()
  }

  /// A text of few words, which stands in one line.
  func short() throws(LessonError) -> LessonText {
    let text = try text(1...300)
    let columns = text.fewestColumns
    guard columns <= LessonText.widestShort else {
      throw error(.length(columns, range: 1...LessonText.widestShort))
    }
    return text
  }

  /// The name of data: built-in ones, or a file.
  func dataName() throws(LessonError) -> String {
    let name = try plain(1...200)
    let isFile = name.contains("/") || name.contains(".")
    guard isFile || BuiltInDataset(rawValue: name) != nil else { throw error(.noData(name)) }
    return name
  }

  func name() throws(LessonError) -> String {
    let name = try plain(1...40)
    let isName = name.unicodeScalars.allSatisfy {
      ("a"..."z").contains($0) || ("0"..."9").contains($0) || $0 == "-"
    }
    guard isName else { throw error(.noName(name)) }
    return name
  }

  func choice(of words: [String]) throws(LessonError) -> String {
    try choice(try plain(0...100), of: words)
  }

  func choice(_ word: String, of words: [String]) throws(LessonError) -> String {
    guard words.contains(word) else { throw error(.noChoice(word, of: words)) }
    return word
  }

  /// A whole number that stands within a text.
  func count(_ word: String, _ range: ClosedRange<Int>) throws(LessonError) -> Int {
    guard let number = Int(word), range.contains(number) else {
      throw error(
        .file(.outOfRange(value: word, range: "\(range.lowerBound) to \(range.upperBound)")))
    }
    return number
  }

  /// The places of the screen that one of some views has: panels, columns and rows.
  func places(in views: [String]) throws(LessonError) -> [String] {
    try list(0...20).map { (field) throws(LessonError) in
      try field.place(in: views)
    }
  }

  /// Parameters with their values, as texts or numbers; one member may be something else.
  func settings(besides other: String? = nil) throws(LessonError) -> [ParameterSetting] {
    let members = try reading { (field) throws(SavedFileError) in try field.members() }
    return try members.filter { $0.name != other }.map { (name, field) throws(LessonError) in
      let field = LessonField(field, vocabulary)
      let value: String
      if case .number(let text) = field.field.node.content {
        value = text
      } else {
        value = try field.plain(0...200)
      }
      return try field.setting(name, value)
    }
  }

  /// A parameter of the experiment that takes the value.
  func setting(_ name: String, _ value: String) throws(LessonError) -> ParameterSetting {
    guard let definition = ParameterTable.definition(named: name), definition.effect != .display
    else {
      let names = ParameterTable.all.filter { $0.effect != .display }.map(\.name)
      throw error(
        .refused(
          .unknownParameter(name: name, nearest: NameDistance.nearest(to: name, in: names))))
    }
    var probe = Settings()
    do {
      try probe.set(name, to: value)
    } catch {
      throw self.error(.refused(error))
    }
    return ParameterSetting(name: name, value: value)
  }
}

/// The members of an object of a lesson's file.
struct LessonMembers {
  let whole: LessonField
  let fields: [String: LessonField]

  subscript(_ name: String) -> LessonField? { fields[name].flatMap { $0.field.isNull ? nil : $0 } }

  /// A member that is always there.
  ///
  /// - Precondition: the object was read with this name among those that it must have.
  func required(_ name: String) -> LessonField {
    guard let field = fields[name] else { preconditionFailure("no field \(name) was asked for") }
    return field
  }

  /// A member that a step of this kind must have.
  func demanded(_ name: String) throws(LessonError) -> LessonField {
    guard let field = self[name] else {
      let place = whole.field.place.isEmpty ? name : "\(whole.field.place).\(name)"
      throw LessonError(
        name: whole.field.name, line: whole.field.node.line, field: place,
        problem: .file(.missing))
    }
    return field
  }
}
