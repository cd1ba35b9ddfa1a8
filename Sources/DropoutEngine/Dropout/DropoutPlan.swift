import CKernels

/// The effect of a configuration on each masked place, computed once: factors, thresholds, and the
/// passes that mask.
///
/// Places ("sources") are counted from 0: the inputs, then the hidden layers. Source k feeds layer
/// k.
package struct DropoutPlan: Sendable {
  /// One place that may be masked.
  package struct Source: Sendable {
    package let units: Int
    package let keepProbability: Double
    /// The factor of masked activations, in whichever pass applies the mask.
    package let trainingFactor: Float
    /// The factor of the forward pass: 1 where it leaves the mask out.
    package let forwardFactor: Float
    /// The factor of the backward pass: 1 where it leaves the mask out.
    package let backwardFactor: Float
    /// The factor of the test pass.
    package let testFactor: Float
    /// The factor of updates of the weights above.
    package let updateFactor: Float
    /// Whether the place is masked at all: p < 1, or a person killed a unit.
    package let isMasked: Bool
    /// Whether the forward pass, the backward pass and the test pass apply the mask.
    package let masksForward: Bool
    package let masksBackward: Bool
    package let masksTest: Bool
    /// The units that a person always masks, and the units that a person never masks.
    package let killed: [Int]
    package let pinned: [Int]
    /// The inputs that are 0 in every pass: those outside the subset of a learner of
    /// `random-subspace`.
    package let unseen: [Int]

    /// The largest value of a unit's 32 random bits at which it is kept.
    package var threshold: UInt32 {
      UInt32(
        Int(nearest: (keepProbability * 4_294_967_296).rounded(.up) - 1, in: 0...4_294_967_295))
    }

    /// The units whose forward mask is left to chance.
    package var freeUnits: [Int] { masksForward ? chanceUnits : [] }

    /// The units whose mask in either pass is left to chance.
    package var chanceUnits: [Int] {
      guard keepProbability < 1 else { return [] }
      let decided = Set(killed + pinned)
      return (0..<units).filter { !decided.contains($0) }
    }

    /// The factor of a test pass under `convention`.
    package func factor(under convention: TestConvention) -> Float {
      keepProbability < 1 ? convention.factor(Float(keepProbability)) : 1
    }
  }

  package private(set) var sources: [Source]
  package let noise: DropoutNoise
  package private(set) var sharing: MaskSharing
  package let maskPass: MaskPass
  package let maskSeed: UInt64
  private let configuration: ExperimentConfiguration

  package init(
    configuration: ExperimentConfiguration, shape: NetworkShape,
    interventions: [UnitAddress: UnitIntervention], learner: Int
  ) {
    let dropout = configuration.dropout
    self.configuration = configuration
    noise = dropout.noise
    sharing = dropout.maskSharing
    maskPass = dropout.maskPass
    maskSeed = configuration.maskSeed
    let subset = configuration.inputSubset(of: learner, inputCount: shape.inputs)
    sources = (0..<shape.layerCount).map { source in
      let units = UnitLayer.source(of: source)
      let byHand = interventions.filter { $0.key.layer == units.layer }
      return Source(
        units: shape.inputs(of: source),
        keepProbability: configuration.keepProbability(feeding: source), dropout: dropout,
        weightRateFactor: Float(configuration.weightRateFactor[source]),
        killed: byHand.filter { $0.value == .kill }.map(\.key.unit).sorted(),
        pinned: byHand.filter { $0.value == .pin }.map(\.key.unit).sorted(),
        unseen: units == .inputs ? subset?.unseen ?? [] : [])
    }
  }

  /// The first place that the training pass masks.
  ///
  /// Below it all training passes agree.
  package var firstMaskedSource: Int {
    sources.firstIndex { $0.masksForward } ?? sources.count
  }

  /// The same plan for rows that are draws of one example: each row has its own mask, whatever the
  /// sharing in training.
  package var drawingForEachRow: DropoutPlan {
    var plan = self
    if sharing == .batch { plan.sharing = .example }
    return plan
  }

  /// The number of units, side by side, that share a mask.
  package var groupSize: Int { noise.sharesMasks ? configuration.maskGroupSize : 1 }

  /// Whether the keep probabilities change from step to step.
  package var isScheduled: Bool { configuration.dropout.keepSchedule != .constant }

  /// Takes up the keep probabilities of a step; it allocates nothing.
  package mutating func adopt(step: Int) {
    let now = configuration.at(step: step)
    for index in sources.indices {
      let place = sources[index]
      sources[index] = Source(
        units: place.units, keepProbability: now.keepProbability(feeding: index),
        dropout: now.dropout, weightRateFactor: Float(now.weightRateFactor[index]),
        killed: place.killed, pinned: place.pinned, unseen: place.unseen)
    }
  }

  /// With masks on weights, no unit is masked.
  package var masksWeights: Bool { noise.masksWeights }
}

extension DropoutPlan.Source {
  fileprivate init(
    units: Int, keepProbability: Double, dropout: DropoutSettings, weightRateFactor: Float,
    killed: [Int], pinned: [Int], unseen: [Int]
  ) {
    let dropsUnits = keepProbability < 1
    let keep = Float(keepProbability)
    let factors = dropsUnits ? dropout.factors(keep) : (training: 1, test: 1)
    let forward = dropout.maskPass != .backward
    let backward = dropout.maskPass != .forward
    let isMasked = dropsUnits || !killed.isEmpty
    let testFactor = dropout.testPass == .masked ? factors.training : factors.test
    self.init(
      units: units, keepProbability: keepProbability, trainingFactor: factors.training,
      forwardFactor: forward ? factors.training : 1,
      backwardFactor: backward ? factors.training : 1, testFactor: forward ? testFactor : 1,
      updateFactor: weightRateFactor
        * (dropsUnits && dropout.updateScale == .inverseKeep ? 1 / keep : 1),
      isMasked: isMasked, masksForward: isMasked && forward, masksBackward: isMasked && backward,
      masksTest: dropsUnits && dropout.testPass == .masked && forward, killed: killed,
      pinned: pinned, unseen: unseen)
  }
}
