import DropoutEngine
public import Lessons

/// A quantity of the network on the screen that a lesson can speak of.
public struct Quantity: Sendable {
  /// Its name; a part in capitals, such as `kept.LAYER`, stands for one of several names.
  public let name: String
  /// Its meaning, in a few words.
  public let help: String
  /// The kind of its values.
  private let usualKind: LessonValue.Kind
  /// Whether it is a word for some of the names that stand in place of the part in capitals.
  var isWord: @Sendable (_ part: String) -> Bool = { _ in false }
  /// The words that it can be; nil where they are not known.
  var knownWords: @Sendable (_ part: String) -> [String]? = { _ in nil }
  /// Its value in a state; `part` is the name that stands in place of the part in capitals.
  let value: @Sendable (ExplorerState, _ part: String) -> LessonValue

  init(
    _ name: String, _ kind: LessonValue.Kind = .number, _ help: String,
    value: @escaping @Sendable (ExplorerState, _ part: String) -> LessonValue
  ) {
    (self.name, self.help, usualKind, self.value) = (name, help, kind, value)
  }

  /// Creates a quantity that is one number.
  init(
    _ name: String, _ help: String, value: @escaping @Sendable (ExplorerState) -> LessonValue
  ) {
    self.init(name, .number, help) { state, _ in value(state) }
  }

  /// Creates a quantity that is one word.
  init(
    word name: String, of words: [String]? = nil, _ help: String,
    value: @escaping @Sendable (ExplorerState) -> String
  ) {
    self.init(name, .word, help) { state, _ in .word(value(state)) }
    knownWords = { _ in words }
  }

  /// The kind of the values that it has under a name; nil where that is not its name.
  func kind(of name: String) -> LessonValue.Kind? {
    part(of: name).map { isWord($0) ? .word : usualKind }
  }

  /// The part of a name that stands in place of the part in capitals, empty where there is none;
  /// nil where it is not the name of this quantity.
  func part(of name: String) -> String? {
    guard let start = self.name.firstIndex(where: \.isUppercase) else {
      return name == self.name ? "" : nil
    }
    let end = self.name[start...].firstIndex { !$0.isUppercase } ?? self.name.endIndex
    let (before, after) = (self.name[..<start], self.name[end...])
    guard name.hasPrefix(before), name.hasSuffix(after), name.count > before.count + after.count
    else { return nil }
    let part = String(name.dropFirst(before.count).dropLast(after.count))
    return Quantity.isPart(part, inPlaceOf: String(self.name[start..<end])) ? part : nil
  }

  /// The words that its value can be under a name; nil where they are not known.
  func words(of name: String) -> [String]? {
    part(of: name).flatMap { knownWords($0) }
  }

  /// The layer in one of its names; nil where it has none.
  func layer(in name: String) -> String? {
    self.name.contains("LAYER") ? part(of: name) : nil
  }

  /// Whether a name can stand in place of a part in capitals.
  private static func isPart(_ name: String, inPlaceOf part: String) -> Bool {
    switch part {
    case "LAYER":
      ["inputs", "output"].contains(name)
        || name.hasPrefix("hidden") && Int(name.dropFirst(6)) ?? 0 > 0
    case "PASS": MaskPass(rawValue: name) != nil
    case "LAW": isLaw(name)
    case "PARAMETER": ParameterTable.definition(named: name)?.effect ?? .display != .display
    case "CONVENTION": TestConvention(lessonName: name) != nil
    default: true
    }
  }
}

extension ExplorerState {
  /// The value of a quantity; absent where none has the name.
  func value(of name: String) -> LessonValue {
    for quantity in Quantity.all {
      if let part = quantity.part(of: name) { return quantity.value(self, part) }
    }
    return .absent
  }

  /// A measurement of the network as it stands; waiting where it is of an earlier moment.
  func measured<Value>(
    _ measurement: Measured<Value>?, _ number: (Value) -> Double?
  ) -> LessonValue {
    guard let measurement, snapshot.isCurrent(measurement), isFresh(measurement.step) else {
      return .waiting
    }
    return .measured(number(measurement.value))
  }

  /// Whether a measurement of a step is as new as it can be: while training runs all of them lag.
  func isFresh(_ step: Int) -> Bool { snapshot.isRunning || step == snapshot.step }
}

extension LessonVocabulary {
  /// The names of the explorer.
  public static let explorer = LessonVocabulary(
    quantities: Quantity.all.map(\.name),
    kind: { name in Quantity.all.lazy.compactMap { $0.kind(of: name) }.first },
    words: { name in Quantity.all.lazy.compactMap { $0.words(of: name) }.first },
    layer: { name in Quantity.all.lazy.compactMap { $0.layer(in: name) }.first },
    commands: KeyTable.rows.flatMap(\.commands).map(\.name),
    acts: KeyTable.rows.flatMap(\.commands).filter(\.staysInLesson).map(\.name),
    views: ViewDefinition.all.map(\.name), races: RacePreset.allCases.map(\.rawValue),
    places: ScreenPlace.frameNames.map { Place($0) } + Panel.allCases.map(\.lessonPlace))
}
