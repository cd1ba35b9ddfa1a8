import DropoutEngine

/// The names that a lesson can use: the program that shows it knows them.
public struct LessonVocabulary: Sendable {
  /// A place of the screen: a panel, or what stands around the panels.
  public struct Place: Equatable, Sendable {
    /// Its name.
    public var name: String
    /// The names of its columns and other parts; nil where they depend on what it shows.
    public var parts: [String]?
    /// Whether its rows are units of a layer.
    public var hasUnits: Bool
    /// The views that have it; nil is all of them.
    public var views: [String]?

    /// Creates a place; without arguments one of every view that has no parts.
    public init(
      _ name: String, parts: [String]? = [], hasUnits: Bool = false, views: [String]? = nil
    ) {
      (self.name, self.parts, self.hasUnits, self.views) = (name, parts, hasUnits, views)
    }
  }

  /// The quantities, as the documentation lists them, such as `ratio` or `kept.LAYER`.
  public var quantities: [String]
  /// The kind of a quantity; nil where none has the name.
  public var kind: @Sendable (_ quantity: String) -> LessonValue.Kind?
  /// The words that a quantity can have; nil where they are not known.
  public var words: @Sendable (_ quantity: String) -> [String]?
  /// The layer that the name of a quantity names, such as `kept.hidden2`; nil where it names none.
  public var layer: @Sendable (_ quantity: String) -> String?
  /// The commands that keys give.
  public var commands: [String]
  /// Those of them that a lesson can give in the person's place.
  public var acts: [String]
  /// The views.
  public var views: [String]
  /// The races that can be started.
  public var races: [String]
  /// The places of the screen.
  public var places: [Place]
  /// The hidden layers of the network that is spoken of, by their numbers of units; nil where it is
  /// not known.
  var hidden: [Int]?

  /// Creates a vocabulary.
  public init(
    quantities: [String], kind: @escaping @Sendable (String) -> LessonValue.Kind?,
    words: @escaping @Sendable (String) -> [String]?,
    layer: @escaping @Sendable (String) -> String?, commands: [String], acts: [String],
    views: [String], races: [String], places: [Place]
  ) {
    (self.quantities, self.kind, self.words, self.layer) = (quantities, kind, words, layer)
    (self.commands, self.acts, self.views, self.races) = (commands, acts, views, races)
    self.places = places
  }

  /// The names of the layers with weights, and of the inputs; nil where they are not known.
  var layers: [String]? {
    hidden.map { hidden in hidden.indices.map { "hidden\($0 + 1)" } + ["output", "inputs"] }
  }

  /// The vocabulary of texts on a network that has the hidden layers of some experiments, one after
  /// the other.
  func speaking(of experiments: [ExperimentConfiguration]) -> LessonVocabulary {
    var other = self
    let layers = experiments.map(\.hidden)
    other.hidden = (0..<(layers.map(\.count).max() ?? 0)).map { place in
      layers.compactMap { $0.indices.contains(place) ? $0[place] : nil }.max() ?? 0
    }
    return other
  }
}
