import DropoutEngine
import Frameworks
import RepeatableRandom
import Testing

@Suite("Lines of dropout in somebody's code") struct ReadingTests {
  /// A line, the keep probability that it means, and what it does.
  struct Line: Sendable, CustomTestStringConvertible {
    let code: String
    let keep: Double
    let variant: Variant
    let framework: String?

    init(_ code: String, _ keep: Double, _ variant: Variant = .inverted, _ framework: String?) {
      (self.code, self.keep, self.variant, self.framework) = (code, keep, variant, framework)
    }

    var testDescription: String { code }
  }

  static let lines = [
    Line("nn.Dropout(0.2)", 0.8, "PyTorch"),
    Line("self.drop = torch.nn.Dropout(p = 2e-1, inplace=True)", 0.8, "PyTorch"),
    Line("nn.Sequential(nn.Linear(4, 8), nn.ReLU(), nn.Dropout(.25))", 0.75, "PyTorch"),
    Line("nn.Dropout()", 0.5, "PyTorch"),
    Line("nn.Dropout2d(0.1)", 0.9, "PyTorch"),
    Line("x = F.dropout(F.relu(self.fc(x)), 0.3, self.training)", 0.7, "PyTorch"),
    Line("x = F.dropout(x, p=0.3, training=self.training)", 0.7, "PyTorch"),
    Line("x = F.dropout(x, p=0.3)", 0.7, .leftOnAtTest, "PyTorch"),
    Line("x = F.dropout(x, 0.3, training=True)", 0.7, .leftOnAtTest, "PyTorch"),
    Line("torch.dropout(x, 0.3, model.training)", 0.7, "PyTorch"),
    Line("nn.Dropout(1 - 0.8)", 0.8, "PyTorch"),
    Line("model.add(Dropout(rate=0.25))", 0.75, "Keras"),
    Line("tf.keras.layers.Dropout(0.4)", 0.6, "Keras"),
    Line("layers.Dropout(0.4)(x, training=True)", 0.6, .leftOnAtTest, "Keras"),
    Line("layers.GaussianDropout(0.4)", 0.6, .gaussian, "Keras"),
    Line("tf.nn.dropout(h, keep_prob=0.8)", 0.8, "TensorFlow 1"),
    Line("tf.compat.v1.nn.dropout(h, 0.8)", 0.8, "TensorFlow 1"),
    Line("tf.nn.dropout(h, rate=0.2)", 0.8, "TensorFlow 2"),
    Line("tf.nn.dropout(h, rate=1 - 0.8)", 0.8, "TensorFlow 2"),
    Line("tf.layers.dropout(h, 0.2, training=is_training)", 0.8, "TensorFlow 1"),
    Line("rnn.DropoutWrapper(cell, output_keep_prob=0.7)", 0.7, "TensorFlow 1"),
    Line("nnx.Dropout(0.1, rngs=rngs)", 0.9, "Flax"),
    Line("hk.dropout(hk.next_rng_key(), 0.1, x)", 0.9, "Haiku"),
    Line("eqx.nn.Dropout(p=0.1)", 0.9, "Equinox"),
    Line("mlx.nn.Dropout(0.1)", 0.9, "MLX"),
    Line("jnp.where(jax.random.bernoulli(key, 0.8, x.shape), x / 0.8, 0)", 0.8, "JAX"),
    Line("x * jax.random.bernoulli(key, p=0.8, shape=x.shape)", 0.8, .unscaled, "JAX"),
    Line("paddle.nn.Dropout(0.3)", 0.7, "Paddle 2 and 3"),
    Line("paddle.nn.Dropout(0.3, mode='downscale_in_infer')", 0.7, .classic, "Paddle 2 and 3"),
    Line("paddle.nn.functional.dropout(x, 0.3)", 0.7, "Paddle 2 and 3"),
    Line("fluid.layers.dropout(x, 0.3)", 0.7, .classic, "Paddle 1 (fluid)"),
    Line("fluid.dygraph.Dropout(p=0.3)", 0.7, .classic, "Paddle 1 (fluid)"),
    Line(
      "fluid.layers.dropout(x, 0.3, dropout_implementation='upscale_in_train')", 0.7,
      "Paddle 1 (fluid)"),
    Line("mindspore.nn.Dropout(0.9)", 0.9, "MindSpore"),
    Line("nn.Dropout(keep_prob=0.9)", 0.9, "MindSpore"),
    Line("mindspore.nn.Dropout(p=0.1)", 0.9, "MindSpore"),
    Line("mindspore.ops.dropout(x, 0.1)", 0.9, "MindSpore"),
    Line("new DenseLayer.Builder().nIn(4).nOut(8).dropOut(0.8)", 0.8, "Deeplearning4j"),
    Line("dropoutLayer(0.4,'Name','drop1')", 0.6, "MATLAB"),
    Line("dropout_param { dropout_ratio: 0.4 }", 0.6, "Caffe"),
    Line("model:add(nn.Dropout(0.3))", 0.7, "Torch7 (Lua)"),
    Line("nn.Dropout(0.3, true)", 0.7, .classic, "Torch7 (Lua)"),
    Line("{type: 'fc', num_neurons: 9, drop_prob: 0.2}", 0.8, .keepDropSwapped, "ConvNetJS"),
    Line("{type: 'fc', num_neurons: 9, drop_prob: 0.5}", 0.5, .classic, "ConvNetJS"),
    Line("mask = (np.random.rand(*h.shape) < 0.8) / 0.8", 0.8, nil),
    Line("mask = np.random.rand(*h.shape) > 0.2", 0.8, .unscaled, nil),
    Line("mask = np.random.binomial(1, 0.8, size=h.shape) / 0.8", 0.8, nil),
    Line("feed_dict={x: batch, keep_prob: 0.8}", 0.8, nil),
    Line("nn.LSTM(8, 16, num_layers=2, dropout=0.1)", 0.9, nil),
    Line("GPT2Config(attn_pdrop=0.1)", 0.9, nil),
    Line("hidden_dropout_prob: 0.1", 0.9, nil),
  ]

  @Test("Each is read as its framework means it", arguments: lines) func reads(line: Line) throws {
    let readings = try DropoutReading.readings(of: line.code)
    #expect(readings.count == 1)
    let reading = try #require(readings.first)
    #expect(reading.frameworks.first?.name == line.framework)
    #expect(reading.variant == line.variant)
    let probability = try #require(reading.probability)
    #expect(Double(probability.keep) == line.keep)
    #expect((probability.value - line.keep).magnitude < 1e-15)
    #expect(Double(probability.drop).map { ($0 - (1 - line.keep)).magnitude < 1e-12 } == true)
  }

  @Test("One line means two things in two versions") func versions() throws {
    let readings = try DropoutReading.readings(of: "tf.nn.dropout(x, 0.8)")
    #expect(readings.map { $0.probability?.keep } == ["0.8", "0.2"])
    #expect(readings.map { $0.frameworks.map(\.name) } == [["TensorFlow 1"], ["TensorFlow 2"]])
  }

  @Test("A name in the place of the number still has a meaning") func names() throws {
    let drop = try #require(try DropoutReading.readings(of: "nn.Dropout(args.p)").first)
    #expect(drop.number == .drop)
    #expect(drop.text == "args.p")
    #expect(drop.probability == nil)
    let keep = try #require(try DropoutReading.readings(of: "rng.random(n) < keep").first)
    #expect(keep.number == .keep)
  }

  @Test("Where there is no dropout it says so") func none() throws {
    let reading = try #require(try DropoutReading.readings(of: "MLPClassifier(alpha=1)").first)
    #expect(reading.number == nil)
    for line in ["", "hello", "nn.Linear(4, 8)", "def f(", "()", "{}", "a.b.c"] {
      #expect(throws: DropoutReadingError.unknown, "\(line)") {
        try DropoutReading.readings(of: line)
      }
    }
  }

  @Test(
    "A number that is no probability is refused",
    arguments: ["nn.Dropout(1.5)", "nn.Dropout(1)", "nn.Dropout(-0.1)", "keep_prob=0", "keep=80"])
  func ranges(line: String) {
    #expect {
      _ = try DropoutReading.readings(of: line)
    } throws: {
      guard case .notAProbability? = $0 as? DropoutReadingError else { return false }
      return true
    }
  }

  @Test("Any text is read or refused") func hostile() throws {
    var generator = Generator(seed: 3)
    let pieces = [
      "nn.", "Dropout", "(", ")", "{", "}", "[", ",", "0.2", "=", ":", "keep_prob", "<", "1-", " ",
      "dropout", "F.", "tf.nn.", "rand", "\u{1F600}", "\"", "-", "/", "fluid.", "drop_prob", "type",
    ]
    var read = 0
    for _ in 0..<20_000 {
      let line = (0..<generator.int(0...12)).map { _ in generator.element(pieces) }.joined()
      if let readings = try? DropoutReading.readings(of: line) {
        read += 1
        for reading in readings {
          #expect(reading.probability.map { $0.value > 0 && $0.value <= 1 } ?? true, "\(line)")
        }
      }
    }
    #expect(read > 500)
  }
}

extension ReadingTests.Line {
  init(_ code: String, _ keep: Double, _ framework: String?) {
    self.init(code, keep, .inverted, framework)
  }
}
