/// Everything that decides an experiment before it starts.
///
/// Every bit of every step follows from it and from the journal of later changes.
///
/// Layers are counted from 0: hidden layers in order, then the output layer. The parameter table
/// (``ParameterTable``) says how each field is named, parsed and explained.
public struct ExperimentConfiguration: Equatable, Sendable {
  // MARK: Data

  /// The name of a built-in dataset, or the path of a CSV or IDX file.
  public var data = "circle"
  /// The path of the IDX labels; nil looks beside the images.
  public var labels: String?
  /// The path of a file with the test part; nil splits the one file.
  public var testData: String?
  /// The path of the test part's IDX labels; nil looks beside the images.
  public var testLabels: String?
  /// The column that holds the target, or several columns between commas; nil is a column with the
  /// name of a target, else the last one.
  public var target: String?
  /// How a table is read.
  public var table = TableChoices()
  /// Whether targets are classes or numbers.
  public var task = TaskChoice.auto
  /// The number of examples of a built-in dataset, at least 2.
  public var examples = 500
  /// The noise of a built-in dataset, 0 to 1.
  public var dataNoise = 0.1
  /// The share of examples that are kept for testing, 0 to 0.9; nil is 0.5 for built-in data and
  /// 0.25 for files.
  public var testFraction: Double?
  /// The largest number of examples to read from each file; nil reads all.
  public var limit: Int?
  /// How inputs are scaled; the figures come from the training part only.
  public var normalization = Normalization.standard
  /// How targets that are numbers are scaled, in data from files.
  public var targetNormalization = TargetNormalization.standard
  /// The inputs of built-in two-dimensional data.
  public var features: [InputFeature] = [.x1, .x2]
  /// Whether, and in which shape, the inputs are an image.
  public var image = ImageChoice.auto

  // MARK: Network

  /// The units of each hidden layer: 0 to 8 layers of 1 to 4096.
  public var hidden: [Int] = [12, 12]
  /// The nonlinearity of the hidden layers.
  public var activation = PerLayer(ActivationFunction.relu)
  /// The loss; nil is cross-entropy for classes and squared error for numbers.
  public var loss: LossFunction?
  /// How the weights start.
  public var initialization = WeightInitialization.he
  /// The value at which the biases start.
  public var biasInitialization = 0.0
  /// The path of a safetensors file to start from.
  public var weights: String?
  /// The names of the file's layers in order, between commas; nil tells the order by names and
  /// shapes.
  public var weightLayers: String?

  // MARK: Dropout

  /// The variant that was chosen by name; ``variantName`` names the variant that the settings
  /// amount to.
  public var variant = Variant.unscaled
  /// The masks and factors of dropout: where they apply, and how.
  public var dropout = DropoutSettings()
  /// The keep probability of the hidden layers' units, in (0, 1].
  public var keep = PerLayer(0.5)
  /// The keep probability of the inputs, in (0, 1].
  public var keepInput = 1.0
  /// The units, side by side, that share a mask where groups are masked; at least 1, and the last
  /// group of a layer may be smaller.
  public var maskGroupSize = 2
  /// The steps in which the keep probabilities change, where they follow a schedule; at least 1.
  public var keepSteps = 600
  /// The step whose keep probabilities are in force, where they follow a schedule; nil once they
  /// have come to their values.
  ///
  /// It is no parameter: ``at(step:)`` sets it.
  public internal(set) var keepStep: Int?
  /// The learners of `random-subspace` and `bagging`, 1 to 64.
  public var learners = 10
  /// The share of the inputs that each learner of `random-subspace` sees, in (0, 1].
  public var subspace = 0.5

  // MARK: Regularisation and optimisation

  /// L1, at least 0; one value for all layers or one for each, the output layer's last.
  public var l1 = PerLayer(0.0)
  /// L2, at least 0; one value for all layers or one for each, the output layer's last.
  public var l2 = PerLayer(0.0)
  /// The cap of the 2-norm of each unit's incoming weights, above 0; nil is none.
  public var maxNorm = PerLayer(Double?.none)
  /// The optimizer with its constants.
  public var optimizer = OptimizerSettings()
  /// The learning rate, at least 0; one value for all layers or one for each.
  public var learningRate = PerLayer(0.1)
  /// A factor of the learning rate for a layer's weights, but not for its biases.
  ///
  /// It is 1 except in the exact map between classic and inverted dropout, which needs it.
  public var weightRateFactor = PerLayer(1.0)
  /// A factor of the epsilon of RMSProp and Adam for a layer's weights, but not for its biases.
  ///
  /// It is 1 except in the exact map between classic and inverted dropout, which needs it.
  public var weightEpsilonFactor = PerLayer(1.0)
  /// The examples of a minibatch, at least 1; the last one of an epoch may be smaller.
  public var batch = 10

  // MARK: Seeds, in 0 ..< 2^53

  /// The seed of built-in data, of the split and of the order of the examples.
  public var dataSeed: UInt64 = 7
  /// The seed of the initial weights.
  public var initSeed: UInt64 = 7
  /// The seed of the masks.
  public var maskSeed: UInt64 = 7

  /// Creates the default experiment: circle, 2-12-12-2 relu, he, SGD 0.1, batch 10, keep 0.5, off.
  public init() {}
}

/// Whether the targets are classes or numbers; `auto` looks at them.
public enum TaskChoice: String, NamedChoice {
  /// Words are classes, and so are whole numbers that are few for the rows; anything else is
  /// regression.
  case auto
  /// Each distinct target is a class.
  case classify
  /// Targets are numbers.
  case regress
}

/// How the inputs are scaled; the figures come from the training part only.
public enum Normalization: String, NamedChoice {
  /// Mean 0, standard deviation 1; a constant column becomes 0.
  ///
  /// Images: as `unit`.
  case standard
  /// From 0 to 1; a constant column becomes 0.
  ///
  /// Images: bytes / 255.
  case unit
  /// As they are.
  case none
}

/// How targets that are numbers are scaled; the figures come from the training part only.
public enum TargetNormalization: String, NamedChoice {
  /// Mean 0, standard deviation 1.
  case standard
  /// As they are.
  case none
}

/// One of the seven inputs that built-in two-dimensional data can have.
public enum InputFeature: String, NamedChoice {
  /// The first coordinate.
  case x1
  /// The second coordinate.
  case x2
  /// The square of the first coordinate.
  case x1Squared = "x1^2"
  /// The square of the second coordinate.
  case x2Squared = "x2^2"
  /// The product of the coordinates.
  case product = "x1x2"
  /// The sine of the first coordinate.
  case sinX1 = "sin(x1)"
  /// The sine of the second coordinate.
  case sinX2 = "sin(x2)"
}

/// Whether the inputs are drawn as an image.
public enum ImageChoice: Equatable, Sendable {
  /// Only where they look like an image: IDX, glyphs, or a square number (at least 25) of whole
  /// numbers from 0 to 255.
  case auto
  /// Never.
  case none
  /// With this many rows and columns.
  case size(height: Int, width: Int)
}

extension ExperimentConfiguration {
  /// The number of networks to train: ``learners`` where the variant has several, else 1.
  public var learnerCount: Int { variant.hasSeveralLearners ? learners : 1 }

  /// The keep probability in force for a hidden layer, counted from 0: 1 where the variant keeps
  /// every unit.
  public func keepProbability(hidden layer: Int) -> Double {
    variant.keepsEveryUnit ? 1 : inForce(keep[layer])
  }

  /// The keep probability in force for the inputs: 1 where the variant keeps every unit.
  public var inputKeepProbability: Double {
    variant.keepsEveryUnit ? 1 : inForce(keepInput)
  }

  /// The keep probability of the place that feeds layer `layer`: the inputs' for layer 0.
  public func keepProbability(feeding layer: Int) -> Double {
    guard let hidden = UnitLayer.source(of: layer).layer else { return inputKeepProbability }
    return keepProbability(hidden: hidden)
  }

  /// The name of the variant that the settings amount to: the chosen one while its settings are
  /// unchanged, else the first one that matches, else `custom`.
  public var variantName: String {
    if variant.keepsEveryUnit || (dropout == variant.settings && (variant.l2 == nil || hasL2)) {
      return variant.rawValue
    }
    let match = Variant.allCases.first {
      !$0.keepsEveryUnit && $0.l2 == nil && $0.settings == dropout
    }
    return match?.rawValue ?? "custom"
  }

  private var hasL2: Bool { l2.values.contains { $0 > 0 } }
}
