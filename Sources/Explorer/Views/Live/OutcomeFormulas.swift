import DropoutEngine
import DropoutMeasure
import TerminalCells

/// The formulas of the watched example's outputs.
enum OutcomeFormulas: Formulas {
  static func lines(_ state: ExplorerState) -> [BoxLine] {
    let row = state.watchedRow
    let names = state.snapshot.dataset.outputNames
    let training = state.evidence.trainingOutput.row(row).map { Double($0) }
    let test = state.evidence.testOutput.row(row).map { Double($0) }
    let output = state.evidence.layers[state.outputLayer]
    let isProbability = state.evidence.loss == .crossEntropy
    var lines = [title("the outputs for the watched example (\(state.evidence.examples[row]))")]
    guard isProbability else {
      lines.append(BoxLine("  output = z = s + b, no function over it: training pass, test pass"))
      lines += state.snapshot.dataset.targetScalings.enumerated().prefix(8).map { output, scaling in
        BoxLine(
          "  \(names[output]) in its own units = output * \(number(scaling.divisor)) + "
            + number(scaling.offset))
      }
      return lines
        + names.indices.prefix(40).map { index in
          let bias = Double(output.biases[index])
          return BoxLine(
            "  \(names[index]): \(number(Double(output.trainingSum[row, index]))) + "
              + "\(number(bias)) = \(number(training[index])), "
              + "\(number(Double(output.testSum[row, index]))) + \(number(bias)) = "
              + number(test[index]))
        }
    }
    lines.append(BoxLine("  probability = exp(z) / sum of exp(z) over the classes, z = s + b"))
    for (pass, sums, probabilities) in [
      ("training", output.trainingSum, training), ("test", output.testSum, test),
    ] {
      let logits = names.indices.map { Double(sums[row, $0]) + Double(output.biases[$0]) }
      lines += [BoxLine(""), title("\(pass) pass")]
      lines.append(
        BoxLine("  z: " + logits.prefix(40).map { number($0, 3) }.joined(separator: ", ")))
      lines += names.indices.prefix(40).map {
        BoxLine(
          "  \(names[$0]): exp(\(number(logits[$0], 3))) / sum = \(number(probabilities[$0]))")
      }
    }
    return lines
  }
}
