public import DropoutEngine

/// What is reported of a training at one step.
public struct TrainingMetrics: Equatable, Sendable {
  /// The number of updates so far.
  public var step: Int
  /// The number of whole passes over the training part so far.
  public var epoch: Int
  /// The whole training part in the test pass: the averaged outputs, where there are several learners.
  public var training: Evaluation
  /// The whole test part in the test pass; nil where there is none.
  public var test: Evaluation?
  /// The mean of the masked training losses since the line before, over steps and learners; nil where no step was
  /// taken.
  public var minibatchLoss: Double?
  /// Divergence and ratio of each layer, the output layer last; empty where it was not measured.
  ///
  /// Of learner 0 where there are several: nothing is masked inside a learner, so each has the divergence 0 (but for
  /// units that a person killed).
  public var divergence: [LayerDivergence]
  /// The keep probability in force of each hidden layer.
  public var keepProbability: [Double]
  /// The learning rate of the first layer.
  public var learningRate: Double

  /// Measures the learners of an experiment now; their mean minibatch loss starts again.
  public init(of group: LearnerGroup, measurer: Measurer) {
    self.init(of: group.takeMoment(), measurer: measurer)
  }

  /// Measures the learners of an experiment as they were, with a measurer of their dataset.
  ///
  /// - Parameters:
  ///   - moment: the learners.
  ///   - measurer: measures them.
  ///   - measuresDivergence: whether the divergence is measured, too: it takes the most time by far.
  public init(of moment: TrainingMoment, measurer: Measurer, measuresDivergence: Bool = true) {
    let states = moment.states
    let configuration = states[0].configuration
    step = moment.step
    epoch = moment.epoch
    training = measurer.evaluate(states, on: .training)
    test =
      measurer.dataset.testExamples.isEmpty ? nil : measurer.evaluate(states, on: .test)
    minibatchLoss = moment.minibatchLoss
    divergence = measuresDivergence ? measurer.divergence(states[0]) : []
    keepProbability = configuration.hidden.indices.map { configuration.keepProbability(hidden: $0) }
    learningRate = configuration.learningRate[0]
  }
}
