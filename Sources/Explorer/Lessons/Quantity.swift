import DropoutEngine
public import Lessons

/// A quantity of the network on the screen that a lesson can speak of.
public struct Quantity: Sendable {
  /// Its name; a part in capitals, such as `kept.LAYER`, stands for one of several names.
  public let name: String
  /// Its meaning, in a few words.
  public let help: String
  /// The part of its name in capitals, with the text before and behind it; nil where it has none.
  private let pattern: (before: String, part: String, after: String)?
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
    pattern = name.firstIndex(where: \.isUppercase).map { start in
      let end = name[start...].firstIndex { !$0.isUppercase } ?? name.endIndex
      return (String(name[..<start]), String(name[start..<end]), String(name[end...]))
    }
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

  /// A quantity under one of its names, with the part of the name that stands in place of the part
  /// in capitals; that is empty where there is none.
  struct Named {
    let quantity: Quantity
    let part: String

    /// The kind of its values.
    var kind: LessonValue.Kind { quantity.isWord(part) ? .word : quantity.usualKind }
    /// The words that its value can be; nil where they are not known.
    var words: [String]? { quantity.knownWords(part) }
    /// The layer in its name; nil where it has none.
    var layer: String? { quantity.pattern?.part == "LAYER" ? part : nil }
  }

  /// The quantities that have one name, by it.
  private static let single = Dictionary(
    uniqueKeysWithValues: all.filter { $0.pattern == nil }.map { ($0.name, $0) })
  /// The quantities that have several names.
  private static let several = all.filter { $0.pattern != nil }

  /// The quantity with a name; nil where none has it.
  static func named(_ name: String) -> Named? {
    if let quantity = single[name] { return Named(quantity: quantity, part: "") }
    return several.lazy.compactMap { quantity in
      quantity.part(of: name).map { Named(quantity: quantity, part: $0) }
    }.first
  }

  /// The part of a name that stands in place of the part in capitals; nil where it is not the name
  /// of this quantity, or where that has no such part.
  func part(of name: String) -> String? {
    guard let pattern, name.utf8.count > pattern.before.utf8.count + pattern.after.utf8.count,
      name.hasPrefix(pattern.before), name.hasSuffix(pattern.after)
    else { return nil }
    let part = String(name.dropFirst(pattern.before.count).dropLast(pattern.after.count))
    return Quantity.isPart(part, inPlaceOf: pattern.part) ? part : nil
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
    Quantity.named(name).map { $0.quantity.value(self, $0.part) } ?? .absent
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
    kind: { Quantity.named($0)?.kind }, words: { Quantity.named($0)?.words },
    layer: { Quantity.named($0)?.layer },
    commands: KeyTable.rows.flatMap(\.commands).map(\.name),
    acts: KeyTable.rows.flatMap(\.commands).filter(\.staysInLesson).map(\.name),
    views: ViewDefinition.all.map(\.name), races: RacePreset.allCases.map(\.rawValue),
    places: ScreenPlace.frameNames.map { Place($0) }
      + Panel.allCases.map { panel in
        Place(
          panel.name, parts: panel.parts, hasUnits: panel.traits.contains(.rowsAreUnits),
          views: ViewDefinition.all.filter { $0.panels.contains(panel) }.map(\.name))
      })
}
