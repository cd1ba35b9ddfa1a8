/// The names that a lesson can use: the program that shows it knows them.
public struct LessonVocabulary: Sendable {
  /// The quantities, as the documentation lists them, such as `ratio` or `kept.LAYER`.
  public var quantities: [String]
  /// The kind of a quantity; nil where none has the name.
  public var kind: @Sendable (_ quantity: String) -> LessonValue.Kind?
  /// The commands that keys give.
  public var commands: [String]
  /// The views.
  public var views: [String]
  /// The races that can be started.
  public var races: [String]
  /// The places of the screen, without rows and columns: the panels, and what stands around them.
  public var places: [String]

  /// Creates a vocabulary.
  public init(
    quantities: [String], kind: @escaping @Sendable (String) -> LessonValue.Kind?,
    commands: [String], views: [String], races: [String], places: [String]
  ) {
    (self.quantities, self.kind, self.commands) = (quantities, kind, commands)
    (self.views, self.races, self.places) = (views, races, places)
  }
}
