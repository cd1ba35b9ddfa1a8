public import DropoutEngine

/// One step's evidence as one line of JSON: the trace format.
public enum TraceLine {
  /// Takes a piece of a line.
  public typealias Sink = ([UInt8]) throws -> Void

  /// The line of a step, without its newline.
  public static func line(of evidence: StepEvidence) -> [UInt8] {
    var bytes: [UInt8] = []
    write(evidence) { bytes += $0 }
    bytes.removeLast()
    return bytes
  }

  /// Writes the line of a step piece by piece, with its newline: its text is several times as large
  /// as its numbers.
  public static func write(_ evidence: StepEvidence, to sink: Sink) rethrows {
    var line = JSONLine()
    try line.object { try write(evidence, to: &$0, sink) }
    try sink(line.takeBytes() + [UInt8(ascii: "\n")])
  }

  /// Hands the bytes so far over where they are many.
  private static func drain(_ line: inout JSONLine, _ sink: Sink) rethrows {
    if line.bytes.count > 1 << 16 { try sink(line.takeBytes()) }
  }

  private static func write(
    _ matrix: Matrix, as name: String, to line: inout JSONLine, _ sink: Sink
  ) rethrows {
    line.key(name)
    try line.array { line in
      for row in 0..<matrix.rows {
        line.array { line in
          for number in matrix.row(row) { line.value(number) }
        }
        try drain(&line, sink)
      }
    }
  }

  private static func write(
    _ evidence: StepEvidence, to line: inout JSONLine, _ sink: Sink
  ) rethrows {
    let configuration = evidence.configuration
    line.member("step", evidence.step)
    line.member("epoch", evidence.epoch)
    line.key("seed")
    line.object { line in
      line.key("data")
      line.value(configuration.dataSeed)
      line.key("init")
      line.value(configuration.initSeed)
      line.key("mask")
      line.value(configuration.maskSeed)
    }
    line.member("variant", configuration.variantName)
    line.member("loss", evidence.loss.rawValue)
    line.member("scaling", configuration.dropout.scaling.rawValue)
    line.member("maskPass", configuration.dropout.maskPass.rawValue)
    line.member("maskSharing", configuration.dropout.maskSharing.rawValue)
    line.member("noise", configuration.dropout.noise.rawValue)
    if configuration.dropout.noise.sharesMasks {
      line.member("maskGroups", configuration.maskGroupSize)
    }
    line.member("updateScale", configuration.dropout.updateScale.rawValue)
    line.member("testPass", configuration.dropout.testPass.rawValue)
    writeSchedule(configuration, to: &line)
    writeOptimizer(configuration, to: &line)
    line.key("examples")
    line.array { line in
      for example in evidence.examples { line.value(example) }
    }
    try write(evidence.inputs, as: "inputs", to: &line, sink)
    try writeTargets(evidence.targets, to: &line, sink)
    if !evidence.targetScalings.isEmpty {
      line.key("targetScaling")
      line.array { line in
        for scaling in evidence.targetScalings {
          line.object { line in
            line.member("offset", scaling.offset)
            line.member("divisor", scaling.divisor)
          }
        }
      }
    }
    line.key("inputDropout")
    try line.object { try writeMask(evidence.inputDropout, to: &$0, sink) }
    line.key("layers")
    try line.array { line in
      for layer in evidence.layers {
        try line.object {
          try writeLayer(layer, batch: evidence.examples.count, to: &$0, sink)
        }
      }
    }
    try write(evidence.trainingOutput, as: "trainingOutput", to: &line, sink)
    line.member("trainingLoss", evidence.trainingLoss)
    try write(evidence.testOutput, as: "testOutput", to: &line, sink)
    line.member("testPassLoss", evidence.testPassLoss)
  }

  /// Writes the course of the keep probabilities, where they change: the values that they come to,
  /// the inputs' first.
  ///
  /// Those of the step stand beside the masks.
  private static func writeSchedule(
    _ configuration: ExperimentConfiguration, to line: inout JSONLine
  ) {
    guard configuration.dropout.keepSchedule != .constant else { return }
    line.key("keepSchedule")
    line.object { line in
      line.member("name", configuration.dropout.keepSchedule.rawValue)
      line.member("steps", configuration.keepSteps)
      line.member("inputKeep", configuration.keepInput)
      line.key("keep")
      line.array { line in
        for layer in configuration.hidden.indices { line.value(configuration.keep[layer]) }
      }
    }
  }

  private static func writeOptimizer(
    _ configuration: ExperimentConfiguration, to line: inout JSONLine
  ) {
    let optimizer = configuration.optimizer
    line.key("optimizer")
    line.object { line in
      line.member("name", optimizer.kind.rawValue)
      // Layers may have rates of their own, which are written with the layers.
      line.member("learningRate", configuration.learningRate[0])
      line.member("momentum", optimizer.momentum)
      line.member("decay", optimizer.decay)
      line.member("beta1", optimizer.beta1)
      line.member("beta2", optimizer.beta2)
      line.member("epsilon", optimizer.epsilon)
    }
  }

  private static func writeTargets(
    _ targets: Dataset.Targets, to line: inout JSONLine, _ sink: Sink
  ) rethrows {
    switch targets {
    case .classes(let classes):
      line.key("targets")
      line.array { line in
        for target in classes { line.value(target) }
      }
    case .values(let values): try write(values, as: "targets", to: &line, sink)
    }
  }

  private static func writeMask(
    _ mask: MaskEvidence, to line: inout JSONLine, _ sink: Sink
  ) rethrows {
    line.member("keepProbability", mask.keepProbability)
    try write(mask.forwardMask, as: "forwardMask", to: &line, sink)
    try write(mask.backwardMask, as: "backwardMask", to: &line, sink)
    line.member("trainingFactor", mask.trainingFactor)
    line.member("testFactor", mask.testFactor)
    if let testMask = mask.testMask { try write(testMask, as: "testMask", to: &line, sink) }
  }

  private static func writeLayer(
    _ layer: LayerEvidence, batch: Int, to line: inout JSONLine, _ sink: Sink
  ) rethrows {
    line.member("activationFunction", layer.activationFunction)
    try write(layer.weights, as: "weights", to: &line, sink)
    line.member("biases", layer.biases)
    if let mask = layer.weightMask {
      try writeWeightMask(mask, of: layer, batch: batch, to: &line, sink)
    }
    try write(layer.received, as: "received", to: &line, sink)
    try write(layer.trainingSum, as: "trainingSum", to: &line, sink)
    try write(layer.preActivation, as: "preActivation", to: &line, sink)
    try write(layer.activation, as: "activation", to: &line, sink)
    try writeMask(layer.mask, to: &line, sink)
    line.member("updateFactor", layer.updateFactor)
    line.member("learningRate", layer.learningRate)
    line.key("regularizer")
    line.object { line in
      line.member("l1", layer.regularizer.l1)
      line.member("l2", layer.regularizer.l2)
      line.key("maxNorm")
      if let cap = layer.regularizer.maxNorm { line.value(cap) } else { line.null() }
    }
    try writeOptimizerState(layer.optimizerState, to: &line, sink)
    try write(layer.testReceived, as: "testReceived", to: &line, sink)
    try write(layer.testSum, as: "testSum", to: &line, sink)
    try write(layer.weightGradient, as: "weightGradient", to: &line, sink)
    line.member("biasGradient", layer.biasGradient)
    try write(layer.weightsAfter, as: "weightsAfter", to: &line, sink)
    line.member("biasesAfter", layer.biasesAfter)
  }

  private static func writeWeightMask(
    _ mask: [Float], of layer: LayerEvidence, batch: Int, to line: inout JSONLine, _ sink: Sink
  ) rethrows {
    let units = layer.weights.rows
    let inputs = layer.weights.columns
    line.key("weightMask")
    try line.array { line in
      for example in 0..<batch {
        try line.array { line in
          for unit in 0..<units {
            let first = (example * units + unit) * inputs
            line.array { line in
              for weight in mask[first..<first + inputs] { line.value(weight) }
            }
            try drain(&line, sink)
          }
        }
      }
    }
  }

  private static func writeOptimizerState(
    _ slots: [OptimizerSlot], to line: inout JSONLine, _ sink: Sink
  ) rethrows {
    line.key("optimizerState")
    try line.object { line in
      guard !slots.isEmpty else { return }
      line.key("weights")
      try line.object { line in
        for slot in slots { try write(slot.weights, as: slot.name, to: &line, sink) }
      }
      line.key("biases")
      line.object { line in
        for slot in slots { line.member(slot.name, slot.biases) }
      }
    }
  }
}
