/// Everything that one step computes, as values.
///
/// Panels draw it, traces write it and tests check it.
///
/// In shapes, B is the number of examples, n0 that of inputs and nL that of the units of layer L.
/// The trace format has the same fields in the same order.
public struct StepEvidence: Equatable, Sendable {
  /// The step, counted from 0: the number of updates before it.
  public var step: Int
  /// The epoch, counted from 0.
  public var epoch: Int
  /// The configuration in force.
  public var configuration: ExperimentConfiguration
  /// The loss that is minimised.
  public var loss: LossFunction
  /// The examples of the minibatch, as indices into the dataset, `[B]`.
  public var examples: [Int]
  /// The inputs, `[B][n0]`, scaled, not masked.
  public var inputs: Matrix
  /// The targets, `[B]` classes or `[B][outputs]` numbers.
  public var targets: Dataset.Targets
  /// The scaling of each target that is a number; empty where they are as they were read.
  public var targetScalings: [TargetScaling]
  /// The mask of the inputs.
  public var inputDropout: MaskEvidence
  /// The hidden layers, then the output layer.
  public var layers: [LayerEvidence]
  /// The output of the masked pass, `[B][outputs]`; probabilities for cross-entropy.
  public var trainingOutput: Matrix
  /// The mean loss of the masked pass, in nats for cross-entropy.
  public var trainingLoss: Double
  /// The output of the test pass on the same examples, `[B][outputs]`.
  public var testOutput: Matrix
  /// The mean loss of the test pass on the same examples.
  public var testPassLoss: Double

  /// The values of a layer of units in the masked pass, before their own mask,
  /// `[B][units of that layer]`.
  public func values(of units: UnitLayer) -> Matrix {
    units.layer.map { layers[$0].activation } ?? inputs
  }

  /// The mask of a layer of units.
  public func mask(of units: UnitLayer) -> MaskEvidence {
    units.layer.map { layers[$0].mask } ?? inputDropout
  }
}

/// The masks and factors of one layer's activations, or of the inputs.
public struct MaskEvidence: Equatable, Sendable {
  /// The keep probability of the layer's own units; 1 for the output layer.
  public var keepProbability: Double
  /// The multipliers of the forward pass, `[B][nL]`: 0 or 1, or the noise; without any factor.
  public var forwardMask: Matrix
  /// The multipliers of the backward pass, `[B][nL]`.
  public var backwardMask: Matrix
  /// The factor of masked activations; it applies exactly where the mask does.
  public var trainingFactor: Float
  /// The factor of activations in the test pass.
  public var testFactor: Float
  /// The mask of the test pass, `[B][nL]`, where that pass masks; for inputs, those that a learner
  /// sees.
  public var testMask: Matrix?
}

/// The values that one layer received, computed and learned in a step.
public struct LayerEvidence: Equatable, Sendable {
  /// The nonlinearity as the trace names it; `softmax` for an output layer of classes.
  public var activationFunction: String
  /// The mask of the layer's own units.
  public var mask: MaskEvidence
  /// The weights before the update, `[nL][nL-1]`.
  public var weights: Matrix
  /// The biases before the update, `[nL]`.
  public var biases: [Float]
  /// The masks of the weights in both passes, `[B][nL][nL-1]` flat, for dropconnect only.
  public var weightMask: [Float]?
  /// The values that the layer received in the training pass, `[B][nL-1]`, masked and scaled.
  public var received: Matrix
  /// The activation sums of the training pass, `[B][nL]`, without the bias.
  public var trainingSum: Matrix
  /// The training sums plus the biases, `[B][nL]`.
  public var preActivation: Matrix
  /// The activations before the layer's own mask, `[B][nL]`.
  public var activation: Matrix
  /// The gradient of the mean loss at the values that the layer sends on, `[B][nL]`, before the
  /// backward mask.
  ///
  /// For the output layer it is the gradient at the outputs before any softmax.
  public var signal: Matrix
  /// The gradient of the mean loss at the pre-activations, `[B][nL]`: the signal through the mask
  /// and the nonlinearity.
  public var delta: Matrix
  /// The factor of the weights' update.
  public var updateFactor: Float
  /// The learning rate.
  public var learningRate: Float
  /// The regulariser of the weights.
  public var regularizer: Regularizer
  /// The optimizer's state before the update.
  public var optimizerState: [OptimizerSlot]
  /// The values that the layer received in the test pass on the same examples, `[B][nL-1]`.
  public var testReceived: Matrix
  /// The activation sums of the test pass, `[B][nL]`.
  public var testSum: Matrix
  /// The mean loss gradient of the weights, `[nL][nL-1]`, before regulariser and update factor.
  public var weightGradient: Matrix
  /// The mean loss gradient of the biases, `[nL]`.
  public var biasGradient: [Float]
  /// The weights after the update, `[nL][nL-1]`.
  public var weightsAfter: Matrix
  /// The biases after the update, `[nL]`.
  public var biasesAfter: [Float]
}

/// The penalties of one layer's weights.
public struct Regularizer: Equatable, Sendable {
  /// L1, at least 0.
  public var l1: Float
  /// L2, at least 0: the penalty is `l2 / 2 * sum W^2`.
  public var l2: Float
  /// The cap of the 2-norm of each unit's incoming weights; nil is none.
  public var maxNorm: Float?
}

/// One named piece of an optimizer's state for a layer.
public struct OptimizerSlot: Equatable, Sendable {
  /// The name in the trace: `velocity`, `square` or `mean`.
  public var name: String
  /// The state of the weights, `[nL][nL-1]`.
  public var weights: Matrix
  /// The state of the biases, `[nL]`.
  public var biases: [Float]
}
