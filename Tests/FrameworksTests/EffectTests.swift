import DropoutEngine
import Frameworks
import Testing

@Suite("The effect of dropout in somebody's code") struct EffectTests {
  private func effect(_ code: String) throws -> DropoutEffect? { try reading(code)?.effect }

  @Test(
    "A factor in training that is not 1/p is told with its size",
    arguments: [
      ("np.random.binomial(1, 0.8, x.shape) / 0.4", 2.5), ("(np.random.rand(n) < 0.8) / 0.4", 2.5),
      ("(np.random.rand(n) > 0.2) / 0.4", 2.5), ("2 * np.random.binomial(1, 0.8, n)", 2),
      ("np.random.binomial(1, 0.8, n) / 0.8 / 0.5", 2.5), ("(np.random.rand(n) < 0.8) * 0.5", 0.5),
      ("jnp.where(jax.random.bernoulli(key, 0.8, x.shape), x / 0.5, 0)", 2),
    ])
  func factor(code: String, factor: Double) throws {
    guard case .factor(let found)? = try effect(code) else {
      Issue.record("\(code) has no factor of its own")
      return
    }
    #expect((found - factor).magnitude < 1e-12)
  }

  @Test("A divisor with a name is the keep probability where the names say so") func names() throws
  {
    for code in [
      "(np.random.rand(n) < keep) / keep", "(np.random.rand(n) > p) / (1 - p)",
      "np.random.binomial(1, 1 - p, n) / (1.0 - p)", "np.random.binomial(1, p, n) / p",
    ] {
      #expect(try effect(code) == .variant(.inverted), "\(code)")
    }
    #expect(try effect("(np.random.rand(n) < p) / (1 - q)") == .divided(by: "(1 - q)"))
    #expect(try effect("(np.random.rand(n) < 0.8) / keep") == .divided(by: "keep"))
  }

  @Test("A mask that is divided by the drop rate is that bug, and at 0.5 it is inverted")
  func dropScaled() throws {
    for code in [
      "np.random.binomial(1, 0.8, x.shape) / 0.2", "(np.random.rand(n) < 0.8) / 0.2",
      "(np.random.rand(n) > 0.2) / 0.2", "(np.random.rand(n) < 0.8) * 5",
      "(np.random.rand(n) < p) / (1 - p)", "np.random.binomial(1, 1 - p, n) / p",
    ] {
      #expect(try effect(code) == .variant(.dropScaled), "\(code)")
    }
    #expect(try effect("(np.random.rand(n) < 0.5) / 0.5") == .variant(.inverted))
  }

  @Test("Dropout that multiplies at test, and is on or off for good, is half of a variant")
  func always() throws {
    let training = "fluid.layers.dropout(x, 0.3, is_test=False)"
    #expect(try effect(training) == .always(inTraining: true, .classic))
    let test = "fluid.layers.dropout(x, 0.3, is_test=True)"
    #expect(try effect(test) == .always(inTraining: false, .classic))
    let noise = "layers.GaussianDropout(0.3)(x, training=True)"
    #expect(try effect(noise) == .always(inTraining: true, .gaussian))
    #expect(try effect("layers.GaussianDropout(0.3)(x, training=False)") == .variant(.none))
  }

  @Test("Everything may be dropped where the framework takes it") func dropsAll() throws {
    let layer = try #require(try reading("nn.Dropout(p=1.0)"))
    #expect(layer.effect == .dropsAll(atTest: false))
    #expect(layer.frameworks.map(\.name) == ["PyTorch", "Flax"])
    #expect(layer.probability == nil)
    #expect(try effect("F.dropout(x, 1)") == .dropsAll(atTest: true))
    #expect(try effect("F.dropout(x, 1, False)") == .variant(.none))
  }

  @Test("Alpha dropout is none of the variants") func alpha() throws {
    for code in ["nn.AlphaDropout(0.1)", "layer_alpha_dropout(rate = 0.1)"] {
      #expect(try effect(code) == .alpha)
    }
  }

  @Test("A named probability that the framework does not have is no default")
  func unknownArgument() {
    for (code, name) in [
      ("nn.Dropout(drop_rate=0.3)", "drop_rate"), ("F.dropout(x, ratios=0.3)", "ratios"),
      ("tf.layers.dropout(x, p=0.7)", "p"), ("eqx.nn.Dropout(rate=0.3)", "rate"),
      ("paddle.nn.Dropout(prob=0.3)", "prob"), ("slim.dropout(x, rate=0.3)", "rate"),
      ("tf.keras.layers.Dropout(keep_prob=0.8)", "keep_prob"), ("DropoutLayer(0.4)", "0.4"),
    ] {
      #expect("\(code)") {
        _ = try DropoutLayer.all(in: code)
      } throws: {
        guard case .unknownArgument(name, _)? = $0 as? DropoutReadingError else { return false }
        return true
      }
    }
  }

  @Test("All dropout in a line is read, in its order, the same code once") func layers() throws {
    let line = "nn.Sequential(nn.Dropout(0.2), nn.ReLU(), nn.Dropout(0.5), nn.Dropout(0.5))"
    let layers = try DropoutLayer.all(in: line)
    #expect(layers.map(\.code) == ["nn.Dropout(0.2)", "nn.Dropout(0.5)"])
    #expect(layers.map(\.count) == [1, 2])
    let masks = try DropoutLayer.all(in: "a = rand(n) < 0.8; b = (rand(n) < 0.6) / 0.6")
    #expect(masks.map(\.code) == ["a = rand(n) < 0.8", "b = (rand(n) < 0.6) / 0.6"])
    #expect(masks.map { $0.readings.first?.probability?.keep } == ["0.8", "0.6"])
    #expect(masks.map { $0.readings.first?.variant } == [.unscaled, .inverted])
    for (code, keeps) in [
      ("GPT2Config(attn_pdrop=0.1, resid_pdrop=0.2)", ["0.9", "0.8"]),
      ("DropoutWrapper(cell, input_keep_prob=0.9, output_keep_prob=0.7)", ["0.9", "0.7"]),
      ("Net(nn.Dropout(0.2), dropout=0.4)", ["0.8", "0.6"]),
      ("drop = nn.Dropout(0.2)", ["0.8"]), ("Net(drop=nn.Dropout(0.2))", ["0.8"]),
      ("F.dropout(nn.Dropout(0.2)(x), 0.4)", ["0.6", "0.8"]),
    ] {
      let layers = try DropoutLayer.all(in: code)
      #expect(layers.map { $0.readings.first?.probability?.keep } == keeps, "\(code)")
    }
  }

  @Test("A name that two libraries give to opposite numbers is read as both") func both() throws {
    for (code, frameworks) in [
      ("DropoutLayer(net, 0.8)", ["Lasagne", "TensorLayer"]),
      ("layers.dropout(x, 0.8)", ["TensorFlow 1 tf.layers", "tf.contrib and TF-Slim"]),
    ] {
      let readings = try #require(DropoutLayer.all(in: code).first?.readings)
      #expect(readings.compactMap { $0.frameworks.first?.name } == frameworks, "\(code)")
      #expect(readings.map { $0.probability?.keep } == ["0.2", "0.8"], "\(code)")
    }
  }
}

/// The first reading of a code.
func reading(_ code: String) throws -> DropoutReading? {
  try DropoutLayer.all(in: code).first?.readings.first
}
