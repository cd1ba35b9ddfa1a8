import DropoutEngine
import Frameworks
import Fuzzing

extension FuzzTarget {
  /// Lines of code about dropout.
  static let code = FuzzTarget("code", "lines of code, to be translated") { _ in
    let mutator = Mutator(
      words: [
        "nn.Dropout(", "F.dropout(", "tf.nn.dropout(", "keep_prob=", "rate=", "p=", "training=",
        "True", "False", "1 - ", "1-", "0.5f", "1e-1", ".5", "(((((", ")))))", "[", "]", "{", "}",
        "'", "\"", "#", "drop_prob:", "jax.random.bernoulli(", "Dropout", "dropout", "lambda x: ",
        "\u{1F600}", "\u{E9}", "\u{1B}[0m", "\u{202E}", "=", ",", ":", "mode='downscale_in_infer'",
      ], marks: "()[]{},.=:'\"# _-+0159eEfp\\")
    return FuzzReader(samples: CodeSamples.all, mutator) { bytes in
      let line = String(decoding: bytes, as: UTF8.self)
      let layers: [DropoutLayer]
      do {
        layers = try DropoutLayer.all(in: line)
      } catch {
        // The command puts this into a sentence of its own.
        return .refused(ForeignText.shown("\(error)"))
      }
      let readings = layers.flatMap(\.readings)
      try FuzzFault.unless(!readings.isEmpty, "a line that is read has a reading")
      for reading in readings {
        for remark in reading.remarks { try RefusalLine.check(ForeignText.line(remark)) }
        guard let probability = reading.probability else { continue }
        try FuzzFault.unless(
          probability.value >= 0 && probability.value <= 1, "a keep probability is one",
          "\(probability.value)")
        for framework in Framework.all {
          if let variant = reading.variant { _ = framework.line(probability, variant: variant) }
        }
      }
      return .accepted
    }
  }
}

private enum CodeSamples {
  static let all: [[UInt8]] = [
    "nn.Dropout(0.2)", "x = F.dropout(F.relu(self.fc(x)), 0.3, self.training)",
    "tf.nn.dropout(h, keep_prob=0.8)", "model.add(Dropout(rate=0.25))", "keep_prob: 0.8",
    "layers.GaussianDropout(0.4)", "new DenseLayer.Builder().nIn(4).nOut(8).dropOut(0.8)",
    "jnp.where(jax.random.bernoulli(key, 0.8, x.shape), x / 0.8, 0)",
    "dropout_param { dropout_ratio: 0.4 }", "{type: 'fc', num_neurons: 9, drop_prob: 0.2}",
    "paddle.nn.Dropout(0.3, mode='downscale_in_infer')", "nn.Dropout(1 - 0.8)",
    "rnn.DropoutWrapper(cell, output_keep_prob=0.7)", "mask = (torch.rand(n) < 0.8) / 0.8",
    "nn.Sequential(nn.Linear(4, 8), nn.ReLU(), nn.Dropout(.25))",
  ].map { Array($0.utf8) }
}
