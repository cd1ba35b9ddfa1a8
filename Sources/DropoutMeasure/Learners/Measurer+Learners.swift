import CKernels
public import DropoutEngine

extension NetworkState {
  /// The same weights in an experiment with another variant of one learner.
  ///
  /// - Precondition: the variant has one learner.
  public func adopting(_ variant: Variant) -> NetworkState {
    precondition(!variant.hasSeveralLearners, "\(variant.rawValue) has other networks")
    var configuration = configuration
    configuration.adopt(variant)
    return NetworkState(
      step: step, configuration: configuration, interventions: interventions, learner: 0,
      block: block, layout: layout)
  }
}

extension Measurer {
  /// The loss and the accuracy of several learners' averaged outputs over a part of the dataset.
  ///
  /// Probabilities, or numbers, are averaged with equal weights. The loss is that of the average,
  /// not the average of the losses. For one learner the result equals that network's own
  /// evaluation, to the bit.
  ///
  /// - Parameters:
  ///   - states: the learners, at least one.
  ///   - part: the examples; the training part stands in for an empty test part.
  ///   - convention: the scaling; nil is the experiment's own test pass.
  /// - Returns: the mean loss, and accuracy or R2.
  public func evaluate(
    _ states: [NetworkState], on part: DatasetPart, as convention: TestConvention? = nil
  ) -> Evaluation {
    precondition(!states.isEmpty, "an average of \(states.count) learners")
    guard states.count > 1 else { return evaluate(states[0], on: part, as: convention) }
    let examples = examples(of: part)
    let loss = loss(of: states[0])
    var averaged = AveragedOutputs(
      loss: loss, outputs: dataset.outputCount, capacity: Measurer.capacity,
      kernels: kernels.kernels)
    var accumulator = EvaluationAccumulator(loss: loss, dataset: dataset)
    let plans = states.map(\.plan)
    for first in Swift.stride(from: 0, to: examples.count, by: Measurer.capacity) {
      let batch = examples[first..<min(first + Measurer.capacity, examples.count)]
      averaged.begin(batch, of: dataset)
      for (state, plan) in zip(states, plans) {
        withPass(state, plan: plan) { pass, plan, parameters in
          runTest(
            pass, state: state, plan: plan, parameters: parameters, batch: batch, first: first,
            convention: convention)
          averaged.add(pass, rows: batch.count)
        }
      }
      averaged.finish(learners: states.count, rows: batch.count, into: &accumulator)
      passed?(batch.count * states.count)
    }
    return accumulator.evaluation(of: examples)
  }

  /// The averaged outputs of several learners' test passes on given inputs.
  ///
  /// - Parameters:
  ///   - states: the learners, at least one.
  ///   - inputs: scaled inputs, `[rows][inputs]`.
  ///   - convention: the scaling; nil is the experiment's own test pass.
  /// - Returns: the outputs, `[rows][outputs]`: probabilities for classes.
  public func outputs(
    _ states: [NetworkState], inputs: Matrix, as convention: TestConvention? = nil
  ) -> Matrix {
    precondition(!states.isEmpty, "an average of \(states.count) learners")
    guard states.count > 1 else { return outputs(states[0], inputs: inputs, as: convention) }
    var sums = [Double](repeating: 0, count: inputs.rows * states[0].shape.outputs)
    for state in states {
      let elements = outputs(state, inputs: inputs, as: convention).elements
      for index in sums.indices { sums[index] += Double(elements[index]) }
    }
    return Matrix(
      rows: inputs.rows, columns: states[0].shape.outputs,
      elements: sums.map { Float($0 / Double(states.count)) })
  }

  /// Tests several learners' averaged outputs under every convention, as with one network.
  public func counterfactual(_ states: [NetworkState]) -> Counterfactual {
    guard states.count > 1 else { return counterfactual(states[0]) }
    // Nothing is masked inside a learner, so all conventions multiply by 1.
    let evaluation = evaluate(states, on: .test)
    return Counterfactual(
      evaluations: Dictionary(
        uniqueKeysWithValues: states[0].configuration.testConventions.map { ($0, evaluation) }))
  }

  /// The expected divergence of the output layer's sums, as in ``divergence(_:)`` but without
  /// drawing masks.
  ///
  /// - Returns: sum |E s_train - s_test| / sum |s_test| over the probe examples, and its method.
  public func expectedOutputDivergence(
    _ state: NetworkState
  ) -> (divergence: Double, method: MeanMethod) {
    guard let output = expectedSums(state, examples: dataset.probeExamples).last else {
      preconditionFailure(
        "a network has an output layer, this one \(state.shape.layerCount) layers")
    }
    var comparison = SumComparison()
    for (training, test) in zip(output.meanTraining, output.test) {
      comparison.add(training: training, test: Double(test))
    }
    return (comparison.divergence, output.method)
  }
}
