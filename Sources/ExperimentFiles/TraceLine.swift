public import DropoutEngine

/// One step's evidence as one line of JSON: the trace format.
public enum TraceLine {
  /// The line of a step, without its newline.
  public static func line(of evidence: StepEvidence) -> [UInt8] {
    var line = JSONLine()
    line.object { write(evidence, to: &$0) }
    return line.bytes
  }

  private static func write(_ evidence: StepEvidence, to line: inout JSONLine) {
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
    line.member("updateScale", configuration.dropout.updateScale.rawValue)
    line.member("testPass", configuration.dropout.testPass.rawValue)
    writeOptimizer(configuration, to: &line)
    line.key("examples")
    line.array { line in
      for example in evidence.examples { line.value(example) }
    }
    line.member("inputs", evidence.inputs)
    writeTargets(evidence.targets, to: &line)
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
    line.object { writeMask(evidence.inputDropout, to: &$0) }
    line.key("layers")
    line.array { line in
      for layer in evidence.layers {
        line.object { writeLayer(layer, batch: evidence.examples.count, to: &$0) }
      }
    }
    line.member("trainingOutput", evidence.trainingOutput)
    line.member("trainingLoss", evidence.trainingLoss)
    line.member("testOutput", evidence.testOutput)
    line.member("testPassLoss", evidence.testPassLoss)
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

  private static func writeTargets(_ targets: Dataset.Targets, to line: inout JSONLine) {
    switch targets {
    case .classes(let classes):
      line.key("targets")
      line.array { line in
        for target in classes { line.value(target) }
      }
    case .values(let values): line.member("targets", values)
    }
  }

  private static func writeMask(_ mask: MaskEvidence, to line: inout JSONLine) {
    line.member("keepProbability", mask.keepProbability)
    line.member("forwardMask", mask.forwardMask)
    line.member("backwardMask", mask.backwardMask)
    line.member("trainingFactor", mask.trainingFactor)
    line.member("testFactor", mask.testFactor)
    if let testMask = mask.testMask { line.member("testMask", testMask) }
  }

  private static func writeLayer(_ layer: LayerEvidence, batch: Int, to line: inout JSONLine) {
    line.member("activationFunction", layer.activationFunction)
    line.member("weights", layer.weights)
    line.member("biases", layer.biases)
    if let mask = layer.weightMask { writeWeightMask(mask, of: layer, batch: batch, to: &line) }
    line.member("received", layer.received)
    line.member("trainingSum", layer.trainingSum)
    line.member("preActivation", layer.preActivation)
    line.member("activation", layer.activation)
    writeMask(layer.mask, to: &line)
    line.member("updateFactor", layer.updateFactor)
    line.member("learningRate", layer.learningRate)
    line.key("regularizer")
    line.object { line in
      line.member("l1", layer.regularizer.l1)
      line.member("l2", layer.regularizer.l2)
      line.key("maxNorm")
      if let cap = layer.regularizer.maxNorm { line.value(cap) } else { line.null() }
    }
    writeOptimizerState(layer.optimizerState, to: &line)
    line.member("testReceived", layer.testReceived)
    line.member("testSum", layer.testSum)
    line.member("weightGradient", layer.weightGradient)
    line.member("biasGradient", layer.biasGradient)
    line.member("weightsAfter", layer.weightsAfter)
    line.member("biasesAfter", layer.biasesAfter)
  }

  private static func writeWeightMask(
    _ mask: [Float], of layer: LayerEvidence, batch: Int, to line: inout JSONLine
  ) {
    let units = layer.weights.rows
    let inputs = layer.weights.columns
    line.key("weightMask")
    line.array { line in
      for example in 0..<batch {
        line.array { line in
          for unit in 0..<units {
            let first = (example * units + unit) * inputs
            line.array { line in
              for weight in mask[first..<first + inputs] { line.value(weight) }
            }
          }
        }
      }
    }
  }

  private static func writeOptimizerState(_ slots: [OptimizerSlot], to line: inout JSONLine) {
    line.key("optimizerState")
    line.object { line in
      guard !slots.isEmpty else { return }
      line.key("weights")
      line.object { line in
        for slot in slots { line.member(slot.name, slot.weights) }
      }
      line.key("biases")
      line.object { line in
        for slot in slots { line.member(slot.name, slot.biases) }
      }
    }
  }
}
