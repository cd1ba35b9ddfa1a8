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
    Line("F.dropout(x, 0.3)", 0.7, .leftOnAtTest, "PyTorch"),
    Line("F.dropout(x, p=0.3, training=False)", 0.7, .none, "PyTorch"),
    Line("F.dropout(x, 0.3, False)", 0.7, .none, "PyTorch"),
    Line("torch.dropout(x, 0.3, False)", 0.7, .none, "PyTorch"),
    Line("F.dropout2d(x, 0.3)", 0.7, .leftOnAtTest, "PyTorch"),
    Line("gluon.nn.Dropout(0.3)", 0.7, nil),
    Line("gluon.nn.Dropout(rate=0.3)", 0.7, nil),
    Line("nn.Dropout(rate=0.3)", 0.7, "Flax"),
    Line("nn.Dropout(1 - 0.8)", 0.8, "PyTorch"),
    Line("model.add(Dropout(rate=0.25))", 0.75, "Keras"),
    Line("tf.keras.layers.Dropout(0.4)", 0.6, "Keras"),
    Line("layers.Dropout(0.4)(x, training=True)", 0.6, .leftOnAtTest, "Keras"),
    Line("Dropout(0.2)(x, training=True)", 0.8, .leftOnAtTest, "Keras"),
    Line("Dropout(0.2)(x, True)", 0.8, .leftOnAtTest, "Keras"),
    Line("layers.Dropout(0.2)(x, training=False)", 0.8, .none, "Keras"),
    Line("layers.Dropout(0.2)(x, training=training)", 0.8, "Keras"),
    Line("layers.GaussianDropout(0.4)", 0.6, .gaussian, "Keras"),
    Line("tf.nn.dropout(h, keep_prob=0.8)", 0.8, "TensorFlow 1"),
    Line("tf.compat.v1.nn.dropout(h, 0.8)", 0.8, "TensorFlow 1"),
    Line("tf.nn.dropout(h, rate=0.2)", 0.8, "TensorFlow 2"),
    Line("tf.nn.dropout(h, rate=1 - 0.8)", 0.8, "TensorFlow 2"),
    Line("tf.layers.dropout(h, 0.2, training=is_training)", 0.8, "TensorFlow 1 tf.layers"),
    Line("tf.layers.dropout(h, 0.2)", 0.8, .none, "TensorFlow 1 tf.layers"),
    Line("tf.layers.dropout(h, 0.2, training=True)", 0.8, .leftOnAtTest, "TensorFlow 1 tf.layers"),
    Line("tf.contrib.layers.dropout(x, 0.7)", 0.7, .leftOnAtTest, "tf.contrib and TF-Slim"),
    Line(
      "tf.contrib.layers.dropout(x, keep_prob=0.7)", 0.7, .leftOnAtTest, "tf.contrib and TF-Slim"),
    Line("tf.contrib.layers.dropout(x, 0.7, None, train)", 0.7, "tf.contrib and TF-Slim"),
    Line("layers.dropout(x, keep_prob=0.7, is_training=t)", 0.7, "tf.contrib and TF-Slim"),
    Line("slim.dropout(x, 0.7, is_training=False)", 0.7, .none, "tf.contrib and TF-Slim"),
    Line("net = tflearn.dropout(net, 0.7)", 0.7, "TFLearn"),
    Line("tflearn.layers.core.dropout(net, keep_prob=0.7)", 0.7, "TFLearn"),
    Line("tl.layers.DropoutLayer(net, keep=0.7, name='drop')", 0.7, "TensorLayer"),
    Line("tl.layers.DropoutLayer(n, 0.7, is_fix=True)", 0.7, .leftOnAtTest, "TensorLayer"),
    Line("tl.layers.DropoutLayer(n, 0.7, is_train=False)", 0.7, .none, "TensorLayer"),
    Line("tl.layers.Dropout(keep=0.7)(net)", 0.7, "TensorLayer"),
    Line("lasagne.layers.DropoutLayer(net, p=0.3)", 0.7, "Lasagne"),
    Line("lasagne.layers.dropout(net, 0.3)", 0.7, "Lasagne"),
    Line("DropoutLayer(net, p=0.3, rescale=False)", 0.7, .unscaled, "Lasagne"),
    Line("chainer.functions.dropout(x, 0.3)", 0.7, "Chainer"),
    Line("F.dropout(x, ratio=0.3)", 0.7, "Chainer"),
    Line("F.dropout(x, ratio=0.3, train=True)", 0.7, .leftOnAtTest, "Chainer"),
    Line("F.dropout(x, ratio=0.3, train=False)", 0.7, .none, "Chainer"),
    Line("model %>% layer_dropout(0.3)", 0.7, "Keras in R"),
    Line("layer_dropout(model, 0.3)", 0.7, "Keras in R"),
    Line("layer_dropout(rate = 0.3)", 0.7, "Keras in R"),
    Line("rnn.DropoutWrapper(cell, output_keep_prob=0.7)", 0.7, "TensorFlow 1"),
    Line("nnx.Dropout(0.1, rngs=rngs)", 0.9, "Flax"),
    Line("nnx.Dropout(0.1, deterministic=True, rngs=rngs)", 0.9, "Flax"),
    Line("nn.Dropout(0.1)(x, deterministic=True)", 0.9, .none, "Flax"),
    Line("nn.Dropout(0.1, deterministic=False)(x)", 0.9, .leftOnAtTest, "Flax"),
    Line("nn.Dropout(rate=0.1)(x, deterministic=not train)", 0.9, "Flax"),
    Line("nn.Dropout(0.1)(x, False)", 0.9, .leftOnAtTest, "Flax"),
    Line("eqx.nn.Dropout(0.1)(x, inference=True)", 0.9, .none, "Equinox"),
    Line("eqx.nn.Dropout(0.1)(x, key=key)", 0.9, "Equinox"),
    Line("stax.Dropout(0.8)", 0.8, "JAX's stax"),
    Line("jax.example_libraries.stax.Dropout(0.8, mode=mode)", 0.8, "JAX's stax"),
    Line("jax.experimental.stax.Dropout(rate=0.8, mode='test')", 0.8, .none, "JAX's stax"),
    Line("hk.dropout(hk.next_rng_key(), 0.1, x)", 0.9, "Haiku"),
    Line("eqx.nn.Dropout(p=0.1)", 0.9, "Equinox"),
    Line("mlx.nn.Dropout(0.1)", 0.9, "MLX"),
    Line("jnp.where(jax.random.bernoulli(key, 0.8, x.shape), x / 0.8, 0)", 0.8, "JAX"),
    Line("x * jax.random.bernoulli(key, p=0.8, shape=x.shape)", 0.8, .unscaled, "JAX"),
    Line("mask = torch.bernoulli(torch.full(x.shape, 0.8)) / 0.8", 0.8, nil),
    Line("mask = torch.bernoulli(torch.full_like(x, 0.8))", 0.8, .unscaled, nil),
    Line("x * torch.bernoulli(x, 0.8)", 0.8, .unscaled, nil),
    Line("paddle.nn.Dropout(0.3)", 0.7, "Paddle 2 and 3"),
    Line("paddle.nn.Dropout(0.3, mode='downscale_in_infer')", 0.7, .classic, "Paddle 2 and 3"),
    Line("paddle.nn.functional.dropout(x, 0.3)", 0.7, .leftOnAtTest, "Paddle 2 and 3"),
    Line("paddle.nn.functional.dropout(x, 0.3, None, self.training)", 0.7, "Paddle 2 and 3"),
    Line("fluid.layers.dropout(x, 0.3)", 0.7, .classic, "Paddle 1 (fluid)"),
    Line("fluid.dygraph.Dropout(p=0.3)", 0.7, .classic, "Paddle 1 (fluid)"),
    Line(
      "fluid.layers.dropout(x, 0.3, dropout_implementation='upscale_in_train')", 0.7,
      "Paddle 1 (fluid)"),
    Line("mindspore.nn.Dropout(0.9)", 0.9, "MindSpore"),
    Line("nn.Dropout(keep_prob=0.9)", 0.9, "MindSpore"),
    Line("mindspore.nn.Dropout(p=0.1)", 0.9, "MindSpore"),
    Line("mindspore.ops.dropout(x, 0.1)", 0.9, .leftOnAtTest, "MindSpore"),
    Line("mindspore.ops.dropout(x, 0.1, self.training)", 0.9, "MindSpore"),
    Line("mindspore.mint.nn.Dropout(0.1)", 0.9, "MindSpore"),
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
    Line("mask = np.random.binomial(1, 0.8, size=h.shape) * 1.25", 0.8, nil),
    Line("mask = 1.25 * np.random.binomial(1, 0.8, size=(2 * n, 4))", 0.8, nil),
    Line("mask = (np.random.rand(2 * n) > 0.2) / (1 - 0.2)", 0.8, nil),
    Line("mask = torch.rand(4) > 0.2; return mask * x / (1.0 - 0.2)", 0.8, nil),
    Line("m = torch.rand(4) > 0.2\nh = m * h\nh = h / (1 - 0.2)", 0.8, nil),
    Line("m = np.random.rand(4) < 0.8; n = n / 0.8; h = m * h", 0.8, .unscaled, nil),
    Line("m = torch.rand(4) < 0.8; h = x * m / 0.8; loss = (h - t).sum() / 32", 0.8, nil),
    Line("m = torch.rand(4) < 0.8; show(x=m); x = x / 255", 0.8, .unscaled, nil),
    Line("if a == b: m = torch.rand(4) < 0.8; y = x * m * 1.25", 0.8, nil),
    Line("mask = 0.8 > np.random.rand(n)", 0.8, .unscaled, nil),
    Line("mask = np.random.rand(n) < 1 - 0.2", 0.8, .unscaled, nil),
    Line("x[np.random.rand(n) < 0.2] = 0", 0.8, .unscaled, nil),
    Line("np.where(np.random.rand(n) < 0.2, 0, x / 0.8)", 0.8, nil),
    Line("feed_dict={x: batch, keep_prob: 0.8}", 0.8, nil),
    Line("nn.LSTM(8, 16, num_layers=2, dropout=0.1)", 0.9, "PyTorch"),
    Line("nn.LSTM(8, 16, 2, True, False, 0.1)", 0.9, "PyTorch"),
    Line("torch.nn.GRU(8, 16, dropout=0.1)", 0.9, .none, "PyTorch"),
    Line("LSTM(64, dropout=0.1)", 0.9, nil),
    Line("C.layers.Dropout(0.2)(h)", 0.8, nil),
    Line("cntk.layers.Dropout(keep_prob=0.8)", 0.8, nil),
    Line("C.dropout(x, 0.2)", 0.8, nil),
    Line("eqx.nn.Dropout(0.1, inference=True)", 0.9, .none, "Equinox"),
    Line("eqx.nn.Dropout(0.1, inference=False)", 0.9, "Equinox"),
    Line("nn.Dropout(0.2).eval()", 0.8, .none, "PyTorch"),
    Line("nn.Sequential(nn.Linear(4, 8), nn.Dropout(0.2)).eval()", 0.8, .none, "PyTorch"),
    Line("nn.Dropout(0.2); model.eval()", 0.8, "PyTorch"),
    Line("GPT2Config(attn_pdrop=0.1)", 0.9, nil),
    Line("hidden_dropout_prob: 0.1", 0.9, nil),
    Line("timm.create_model('vit', drop_rate=0.2, drop_path_rate=0.1)", 0.8, nil),
    Line("multihead_dropout=0.1", 0.9, nil), Line("last_layer_dropout=0.1", 0.9, nil),
    Line("elastic_drop_rate=0.2", 0.8, nil), Line("Blocks(block_dropout=0.3)", 0.7, nil),
    Line("h = dropout(h, rate=0.2)", 0.8, nil),
    Line("nn.SpatialDropout(0.2)", 0.8, .classic, "Torch7 (Lua)"),
    Line("mx.sym.Dropout(data=fc1, p=0.2)", 0.8, nil),
    Line("mx.nd.Dropout(x, 0.2, mode='always')", 0.8, .leftOnAtTest, nil),
    Line("gluon.nn.Dropout(0.2)", 0.8, nil),
    Line("Chain(Dense(4 => 8), Flux.Dropout(0.2))", 0.8, nil),
    Line("Flux.dropout(x, 0.2)", 0.8, .leftOnAtTest, nil),
    Line("NNlib.dropout(rng, x, 0.2)", 0.8, .leftOnAtTest, nil),
    Line("nn_dropout(p = 0.2)", 0.8, nil),
    Line("model.add(tf.layers.dropout({rate: 0.2}))", 0.8, "Keras"),
    Line("dropout_param { dropout_ratio: 0.2 scale_train: false }", 0.8, .classic, "Caffe"),
    Line(
      "F.scaled_dot_product_attention(q, k, v, dropout_p=0.2)", 0.8, .leftOnAtTest, "PyTorch"),
  ]

  @Test("Each is read as its framework means it", arguments: lines) func reads(line: Line) throws {
    let layers = try DropoutLayer.all(in: line.code)
    #expect(layers.count == 1)
    let readings = try #require(layers.first?.readings)
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
    let readings = try #require(DropoutLayer.all(in: "tf.nn.dropout(x, 0.8)").first?.readings)
    #expect(readings.map { $0.probability?.keep } == ["0.8", "0.2"])
    #expect(readings.map { $0.frameworks.map(\.name) } == [["TensorFlow 1"], ["TensorFlow 2"]])
  }

  @Test("A function without its library means two things") func bare() throws {
    let readings = try #require(DropoutLayer.all(in: "h = dropout(h, 0.8)").first?.readings)
    #expect(readings.map { $0.probability?.keep } == ["0.8", "0.2"])
    #expect(readings.map { $0.frameworks.first?.name } == ["TensorFlow 1", "PyTorch"])
  }

  @Test("A number that a line unpacks is not in it", arguments: ["**kw", "*args"])
  func unpacked(text: String) {
    #expect(throws: DropoutReadingError.unpackedArgument(text: text, call: "nn.Dropout")) {
      try DropoutLayer.all(in: "nn.Dropout(\(text))")
    }
  }

  @Test("An argument that is none of dropout is not passed over") func strangers() throws {
    func check(_ line: String, _ error: DropoutReadingError) {
      #expect(throws: error, "\(line)") { try DropoutLayer.all(in: line) }
    }
    check(
      "tf.keras.layers.Dropout(fill_value=0.5)",
      .unknownArgument(name: "fill_value", call: "tf.keras.layers.Dropout"))
    check("nn.Dropout(prop=0.2)", .unknownArgument(name: "prop", call: "nn.Dropout"))
    check(
      "tf.keras.layers.Dropout(seed=3)", .noNumber(call: "tf.keras.layers.Dropout"))
    check("nnx.Dropout(rngs=rngs)", .noNumber(call: "nnx.Dropout"))
    let strange = try #require(try reading("nn.Dropout(0.2, fill=3)"))
    #expect(strange.remarks.contains("dropscope does not know fill here, and passes it over."))
    let known = try #require(try reading("nn.Dropout(0.2, inplace=True)"))
    #expect(!known.remarks.contains { $0.contains("does not know") })
  }

  @Test("Without a number only frameworks are named that have a usual one") func standards() throws
  {
    func names(_ line: String) throws -> [String]? {
      try reading(line)?.frameworks.map(\.name)
    }
    #expect(try names("nn.Dropout()") == ["PyTorch", "MLX"])
    #expect(try names("Dropout()") == ["PyTorch"])
    #expect(try names("nn.Dropout(0.5)") == ["PyTorch", "MLX", "Flax"])
    for line in ["gluon.nn.Dropout()", "Flux.Dropout()", "C.layers.Dropout()"] {
      #expect(throws: DropoutReadingError.noNumber(call: String(line.dropLast(2)))) {
        try DropoutLayer.all(in: line)
      }
    }
    #expect(try reading("mx.nd.Dropout(x)")?.text == "0.5")
  }

  @Test("What drops whole channels is said where there is a layer that does") func channels() throws
  {
    let channels = try #require(try reading("nn.Dropout1d(0.2)"))
    let probability = try #require(channels.probability)
    #expect(channels.channelDimensions == 1)
    let lines = Framework.all.compactMap { $0.channelLine(probability, dimensions: 1)?.line }
    #expect(
      lines == [
        "nn.Dropout1d(p=0.2)", "layers.SpatialDropout1D(0.2)",
        "layer_spatial_dropout_1d(rate = 0.2)", "mindspore.nn.Dropout1d(p=0.2)",
      ])
    #expect(try reading("nn.SpatialDropout(0.2)")?.channelDimensions == 2)
    #expect(try reading("nn.Dropout(0.2)")?.channelDimensions == nil)
  }

  @Test("A number out of range is told as one to keep, or to drop, with its framework's range")
  func rangeWords() {
    func check(_ line: String, _ error: DropoutReadingError) {
      #expect(throws: error, "\(line)") { try DropoutLayer.all(in: line) }
    }
    check("nn.Dropout(1.5)", .notAProbability(text: "1.5", .drop, range: "from 0 to 1"))
    check("Dropout(rate=1)", .notAProbability(text: "1", .drop, range: "from 0 to below 1"))
    check("keep_prob=0", .notAProbability(text: "0", .keep, range: "above 0 and at most 1"))
  }

  @Test(
    "What drops something else than units is not taken for dropout",
    arguments: [
      "text_classifier_learner(dls, AWD_LSTM, drop_mult=0.5)", "DropPath(0.1)",
      "XGBClassifier(booster='dart', rate_drop=0.1)", "lgb.LGBMClassifier(drop_rate=0.1)",
      "Wav2Vec2Config(layerdrop=0.1)", "EfficientNet(drop_connect_rate=0.2)",
      "df.dropna(thresh=0.5)",
      "WeightDrop(lstm, ['weight_hh_l0'], dropout=0.5)",
    ])
  func others(line: String) {
    #expect(throws: DropoutReadingError.unknown) { try DropoutLayer.all(in: line) }
  }

  @Test("A name in the place of the number still has a meaning") func names() throws {
    let drop = try #require(try reading("nn.Dropout(args.p)"))
    #expect(drop.number == .drop)
    #expect(drop.text == "args.p")
    #expect(drop.probability == nil)
    let keep = try #require(try reading("rng.random(n) < keep"))
    #expect(keep.number == .keep)
  }

  @Test("Where there is no dropout it says so") func none() throws {
    let reading = try #require(try reading("MLPClassifier(alpha=1)"))
    #expect(reading.number == nil)
    for line in [
      "", "hello", "nn.Linear(4, 8)", "def f(", "()", "{}", "a.b.c",
      "DataLoader(x, drop_last=True)",
    ] {
      #expect(throws: DropoutReadingError.unknown, "\(line)") {
        try DropoutLayer.all(in: line)
      }
    }
  }

  @Test(
    "A number that is no probability is refused",
    arguments: [
      "nn.Dropout(1.5)", "mlx.nn.Dropout(1)", "nn.Dropout(-0.1)", "keep_prob=0", "keep=80",
    ])
  func ranges(line: String) {
    #expect {
      _ = try DropoutLayer.all(in: line)
    } throws: {
      guard case .notAProbability? = $0 as? DropoutReadingError else { return false }
      return true
    }
  }

  @Test("A layer inside of other calls is read, as deep as people write them")
  func nested() throws {
    let nested = { (depth: Int) in
      String(repeating: "f(", count: depth) + "nn.Dropout(0.2)"
        + String(repeating: ")", count: depth)
    }
    #expect(try DropoutLayer.all(in: nested(50)).count == 1)
    #expect(throws: DropoutReadingError.self) { try DropoutLayer.all(in: nested(1_000)) }
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
      if let layers = try? DropoutLayer.all(in: line) {
        read += 1
        for reading in layers.flatMap(\.readings) {
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
