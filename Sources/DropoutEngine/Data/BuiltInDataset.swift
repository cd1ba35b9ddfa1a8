/// A dataset that the program generates: a pure function of its settings and the data seed.
///
/// All but `glyphs` are points of a plane with coordinates of about -6 to 6. Their targets are
/// classes; for `plane` and `multigauss` they are numbers.
///
/// > Source: the two-dimensional sets, but `moons`, are those of Smilkov, Carter et al. 2017,
/// > Direct-Manipulation Visualization of Deep Networks (the browser playground).
public enum BuiltInDataset: String, NamedChoice {
  /// A disc and a ring around it.
  case circle
  /// Four quadrants; the class says whether the coordinates have the same sign.
  case xor
  /// Two clouds.
  case gauss
  /// Two intertwined spirals.
  case spiral
  /// Two interleaved half circles.
  case moons
  /// A number that grows along a diagonal.
  case plane
  /// A number with three hills and three hollows.
  case multigauss
  /// Characters of 8x8 pixels, shifted, dimmed and with noise.
  case glyphs

  /// A description in a few words.
  public var summary: String {
    switch self {
    case .circle: "a disc and a ring around it"
    case .xor: "four quadrants, equal where both coordinates have the same sign"
    case .gauss: "two clouds"
    case .spiral: "two intertwined spirals"
    case .moons: "two interleaved half circles"
    case .plane: "regression: a number that grows along a diagonal"
    case .multigauss: "regression: three hills and three hollows"
    case .glyphs: "ten characters drawn in 8x8 pixels"
    }
  }

  /// The share of the examples that is kept for testing by default.
  public static let defaultTestFraction = 0.5

  /// Generates the dataset.
  ///
  /// - Parameter configuration: its number of examples, noise, features, seed, split, normalization
  ///   and image are used.
  /// - Returns: the dataset, split and ready to be trained on.
  /// - Throws: ``DatasetError`` where the split leaves no training example, all examples are of one
  ///   class (which happens only when they are few), or the inputs do not fill the image that was
  ///   asked for.
  /// - Precondition: the number of examples is at least 2, the noise is in 0 ... 1 and, but for
  ///   `glyphs`, there is at least one feature.
  public func generate(
    _ configuration: ExperimentConfiguration
  ) throws(DatasetError) -> Dataset {
    precondition(configuration.examples >= 2, "\(configuration.examples) examples are below 2")
    if self == .glyphs { return try GlyphGenerator(configuration).dataset() }
    let points = PlaneGenerator(self, configuration).points()
    return try dataset(of: points, configuration)
  }

  private func dataset(
    of generated: GeneratedPoints, _ configuration: ExperimentConfiguration
  ) throws(DatasetError) -> Dataset {
    let features = configuration.features
    precondition(!features.isEmpty, "a dataset of points needs at least one feature")
    if case .classes(let classes) = generated.targets, classes.allSatisfy({ $0 == classes[0] }) {
      throw .oneClassOnly(name: rawValue)
    }
    let plane = PlaneData(
      features: features, points: generated.coordinates, xRange: -6...6, yRange: -6...6)
    let image = try configuration.image.shape(inputs: features.count, looksLikeImage: nil)
    let split = try DatasetSplit(
      of: generated.targets, testFraction: configuration.testFraction ?? Self.defaultTestFraction,
      seed: configuration.dataSeed)
    return Dataset(
      name: rawValue, inputNames: features.map(\.rawValue),
      values: .numbers(plane.featureValues()), targets: generated.targets,
      classNames: planeClassNames, outputNames: planeClassNames.isEmpty ? ["y"] : planeClassNames,
      image: image, plane: plane, trainingExamples: split.trainingExamples,
      testExamples: split.testExamples, normalization: configuration.normalization)
  }

  /// The names of the classes of the sets of points; empty for regression.
  private var planeClassNames: [String] {
    switch self {
    case .circle: ["outer", "inner"]
    case .xor: ["opposite", "same"]
    case .gauss: ["lower", "upper"]
    case .spiral: ["first", "second"]
    case .moons: ["upper", "lower"]
    case .plane, .multigauss, .glyphs: []
    }
  }
}
