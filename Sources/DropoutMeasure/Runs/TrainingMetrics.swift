public import DropoutEngine

/// The metrics of a training at one step.
public struct TrainingMetrics: Equatable, Sendable {
  /// The number of updates so far.
  public var step: Int
  /// The number of whole passes over the training part so far.
  public var epoch: Int
  /// The result of the test pass on the whole training part: that of the averaged outputs, where
  /// there are several learners.
  public var training: Evaluation
  /// The result of the test pass on the whole test part; nil where there is none.
  public var test: Evaluation?
  /// The mean masked training loss over the steps since the line before, and over learners; nil
  /// where no step was taken.
  public var minibatchLoss: Double?
  /// Divergence and ratio of each layer, the output layer last; empty where it was not measured.
  ///
  /// It is measured on learner 0 where there are several: nothing is masked inside a learner, so
  /// each has the divergence 0 (unless a person killed units).
  public var divergence: [LayerDivergence]
  /// The keep probability in force of each hidden layer.
  public var keepProbability: [Double]
  /// The learning rate of the first layer.
  public var learningRate: Double

  /// Measures the learners of an experiment now; their mean minibatch loss begins again.
  public init(of group: LearnerGroup, measurer: Measurer) {
    self.init(of: group.takeMoment(), measurer: measurer)
  }

  /// Measures the learners of an experiment at an earlier moment.
  ///
  /// - Parameters:
  ///   - moment: copies of the learners.
  ///   - measurer: a measurer of their dataset.
  ///   - measuresDivergence: whether to measure the divergence too, which takes by far the most
  ///     time.
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
