/// Everything that one step computes, as values: what a panel draws, a trace writes and a test checks.
///
/// With B the examples of the minibatch, n0 the inputs and nL the units of layer L. The fields are
/// those of the trace format, in the same order.
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
  /// What goes in, `[B][n0]`, scaled, not masked.
  public var inputs: Matrix
  /// What should come out, `[B]` classes or `[B][outputs]` numbers.
  public var targets: Dataset.Targets
  /// The mask of the inputs.
  public var inputDropout: MaskEvidence
  /// The hidden layers, then the output layer.
  public var layers: [LayerEvidence]
  /// What came out of the masked pass, `[B][outputs]`; probabilities for cross-entropy.
  public var trainingOutput: Matrix
  /// The mean loss of the masked pass, in nats for cross-entropy.
  public var trainingLoss: Double
  /// What comes out of the test pass on the same examples, `[B][outputs]`.
  public var testOutput: Matrix
  /// The mean loss of the test pass on the same examples.
  public var testPassLoss: Double
}

/// What masks one layer's activations, or the inputs.
public struct MaskEvidence: Equatable, Sendable {
  /// The keep probability of the layer's own units; 1 for the output layer.
  public var keepProbability: Double
  /// The multipliers that the forward pass applied, `[B][nL]`: 0 or 1, or the noise; no factor in them.
  public var forwardMask: Matrix
  /// The multipliers that the backward pass applied, `[B][nL]`.
  public var backwardMask: Matrix
  /// What masked activations are multiplied by, wherever and only where the mask is.
  public var trainingFactor: Float
  /// What activations are multiplied by in the test pass.
  public var testFactor: Float
  /// The mask of the test pass, `[B][nL]`, where that pass masks, and the inputs that a learner sees.
  public var testMask: Matrix?
}

/// What one layer received, computed and learned in a step.
public struct LayerEvidence: Equatable, Sendable {
  /// The nonlinearity, or `softmax` for an output layer of classes: the name that the trace writes.
  public var activationFunction: String
  /// The mask of the layer's own units.
  public var mask: MaskEvidence
  /// The weights before the update, `[nL][nL-1]`.
  public var weights: Matrix
  /// The biases before the update, `[nL]`.
  public var biases: [Float]
  /// The masks of the weights in both passes, `[B][nL][nL-1]` flat, for dropconnect only.
  public var weightMask: [Float]?
  /// What the layer received in the training pass, `[B][nL-1]`, masked and scaled.
  public var received: Matrix
  /// The activation sums of the training pass, `[B][nL]`: the bias is not in them.
  public var trainingSum: Matrix
  /// The training sums plus the biases, `[B][nL]`.
  public var preActivation: Matrix
  /// The activations before the layer's own mask, `[B][nL]`.
  public var activation: Matrix
  /// The gradient of the mean loss at what the layer sends on, `[B][nL]`, before the backward mask; for the output
  /// layer that at its outputs before any softmax.
  public var signal: Matrix
  /// The gradient of the mean loss at the pre-activations, `[B][nL]`: the signal through the mask and the
  /// nonlinearity.
  public var delta: Matrix
  /// What the update of the weights is multiplied by.
  public var updateFactor: Float
  /// The learning rate.
  public var learningRate: Float
  /// The regulariser of the weights.
  public var regularizer: Regularizer
  /// The optimizer's state before the update.
  public var optimizerState: [OptimizerSlot]
  /// What the layer received in the test pass on the same examples, `[B][nL-1]`.
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
  /// The name that the trace writes: `velocity`, `square` or `mean`.
  public var name: String
  /// The state of the weights, `[nL][nL-1]`.
  public var weights: Matrix
  /// The state of the biases, `[nL]`.
  public var biases: [Float]
}
