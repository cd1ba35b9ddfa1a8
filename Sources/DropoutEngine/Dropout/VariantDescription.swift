/// What a variant does, in words and formulas with the current p put in, and its line in two frameworks.
public struct VariantDescription: Equatable, Sendable {
  /// What it is, in a sentence.
  public let summary: String
  /// What a unit sends on in training.
  public let training: String
  /// What a unit sends on at test.
  public let test: String
  /// What the gradient is multiplied by.
  public let gradient: String
  /// The line in PyTorch; its number is the drop rate.
  public let pyTorch: String
  /// The line in Keras; its number is the drop rate.
  public let keras: String
  /// What it is often confused with, and how it differs; nil where there is nothing to tell apart.
  public let distinction: String?

  /// Describes a variant at a keep probability.
  ///
  /// a is the activation, m its mask, 0 or 1. Frameworks take the drop rate, 1 - p.
  public init(_ variant: Variant, keepProbability: Double) {
    let text = Wording(keepProbability: keepProbability)
    summary = text.summary(of: variant)
    training = text.training(of: variant)
    test = text.test(of: variant)
    gradient = text.gradient(of: variant)
    pyTorch = text.pyTorch(of: variant)
    keras = text.keras(of: variant)
    distinction = text.distinction(of: variant)
  }
}

/// The wording of all variants at one keep probability.
private struct Wording {
  // Numbers that stand alone, as arguments do.
  let keep: String
  let drop: String
  let spread: String
  // Factors of a product.
  let timesKeep: String
  let timesDrop: String
  let inverse: String
  let timesSpread: String

  init(keepProbability: Double) {
    let text = KeepText(keepProbability, decimals: 3, ordinary: Wording.short)
    keep = text.keep
    drop = text.drop
    spread = text.spread
    timesKeep = KeepText.factor(text.keep)
    timesDrop = KeepText.factor(text.drop)
    inverse = KeepText.factor(text.inverse)
    timesSpread = KeepText.factor(text.spread)
  }

  /// At most three decimals, without zeros at the end, of a value below a million.
  private static func short(_ value: Double) -> String {
    let thousandths = Int(nearest: value * 1000, in: 0...1_000_000_000)
    var digits = String(thousandths % 1000)
    digits = String(repeating: "0", count: 3 - digits.count) + digits
    while digits.hasSuffix("0") { digits.removeLast() }
    return digits.isEmpty ? "\(thousandths / 1000)" : "\(thousandths / 1000).\(digits)"
  }

  func summary(of variant: Variant) -> String {
    switch variant {
    case .unscaled: "mask in training, scale nothing, ever"
    case .none: "no dropout at all: the control"
    case .classic: "mask in training, multiply by p at test"
    case .inverted: "mask and multiply by 1/p in training, nothing at test"
    case .unscaledL2: "scale nothing, and let L2 do what it can"
    case .backwardOnly: "dropout on the backward pass only"
    case .scaledUpdate: "each update times 1/p instead of any activation"
    case .mismatchedMasks: "a bug: the backward pass draws another mask"
    case .doubleScaled: "a bug: 1/p in training and p at test as well"
    case .keepDropSwapped: "a bug: at test p and 1 - p are confused"
    case .leftOnAtTest: "a bug: evaluation still masks"
    case .gaussian: "activations times normal noise with mean 1"
    case .dropconnect: "masks each weight instead of each unit"
    case .randomSubspace:
      "learners that each see a fixed random part of the inputs, outputs averaged"
    case .bagging: "learners on bootstrap resamples of the training part, outputs averaged"
    }
  }

  func distinction(of variant: Variant) -> String? {
    switch variant {
    case .randomSubspace:
      "Not dropout with one mask for good (mask-sharing fixed): there one network is masked in training, hidden units too, "
        + "and is tested whole. Here each learner lacks the same inputs at test as well, and no unit is masked."
    case .bagging:
      "Not dropout's ensemble: the learners share no weights, each is trained to the end, and their outputs are averaged, "
        + "where dropout tests one averaged network."
    default: nil
    }
  }

  func training(of variant: Variant) -> String {
    switch variant {
    case .none, .backwardOnly: "a"
    case .unscaled, .unscaledL2, .classic, .scaledUpdate, .keepDropSwapped: "m * a"
    case .inverted, .mismatchedMasks, .doubleScaled, .leftOnAtTest: "m * a * \(inverse)"
    case .gaussian: "a * N(1, \(spread))"
    case .dropconnect: "a, through weights m * W"
    case .randomSubspace: "a; x of its subset only"
    case .bagging: "a, on its resample"
    }
  }

  func test(of variant: Variant) -> String {
    switch variant {
    case .classic, .doubleScaled, .dropconnect: "a * \(timesKeep)"
    case .keepDropSwapped: "a * \(timesDrop)"
    case .leftOnAtTest: "m * a * \(inverse), still masked"
    case .randomSubspace: "a; x of its subset; mean"
    case .bagging: "a; mean of the outputs"
    case .none, .unscaled, .unscaledL2, .inverted, .backwardOnly, .scaledUpdate, .mismatchedMasks,
      .gaussian:
      "a"
    }
  }

  func gradient(of variant: Variant) -> String {
    switch variant {
    case .none, .randomSubspace, .bagging: "1"
    case .unscaled, .classic, .keepDropSwapped: "m, the same mask"
    case .unscaledL2: "m, the same mask; plus 0.01 * W"
    case .backwardOnly: "m, though the forward pass had none"
    case .scaledUpdate: "m, the same mask; the update of W times \(inverse)"
    case .inverted, .doubleScaled, .leftOnAtTest: "m * \(inverse), the same mask"
    case .mismatchedMasks: "m' * \(inverse), another mask"
    case .gaussian: "the same noise"
    case .dropconnect: "the same mask of weights"
    }
  }

  func pyTorch(of variant: Variant) -> String {
    switch variant {
    case .none: "nn.Identity()"
    case .randomSubspace: "torch.stack([net(x[:, seen]) for net, seen in learners]).mean(0)"
    case .bagging: "torch.stack([net(x) for net in learners]).mean(0)"
    case .inverted: "nn.Dropout(p=\(drop))"
    case .leftOnAtTest: "F.dropout(a, p=\(drop), training=True)"
    case .unscaled, .unscaledL2, .scaledUpdate:
      "a * torch.bernoulli(torch.full_like(a, \(keep))) if self.training else a"
    case .classic:
      "a * torch.bernoulli(torch.full_like(a, \(keep))) if self.training else a * \(timesKeep)"
    case .keepDropSwapped:
      "a * torch.bernoulli(torch.full_like(a, \(keep))) if self.training else a * \(timesDrop)"
    case .doubleScaled: "F.dropout(a, p=\(drop)) if self.training else a * \(timesKeep)"
    case .backwardOnly:
      "a.register_hook(lambda g: g * torch.bernoulli(torch.full_like(g, \(keep))))"
    case .mismatchedMasks: "an autograd.Function that calls F.dropout anew in backward"
    case .gaussian: "a * (1 + \(timesSpread) ** 0.5 * torch.randn_like(a)) if self.training else a"
    case .dropconnect:
      "F.linear(a, W * torch.bernoulli(torch.full_like(W, \(keep))), b) if self.training else F.linear(a * \(timesKeep), W, b)"
    }
  }

  func keras(of variant: Variant) -> String {
    switch variant {
    case .none: "layers.Identity()"
    case .randomSubspace:
      "layers.Average()([net(tf.gather(x, seen, axis=1)) for net, seen in learners])"
    case .bagging: "layers.Average()([net(x) for net in learners])"
    case .inverted: "layers.Dropout(\(drop))"
    case .gaussian: "layers.GaussianDropout(\(drop))"
    case .leftOnAtTest: "layers.Dropout(\(drop))(a, training=True)"
    case .doubleScaled: "layers.Dropout(\(drop))(a) if training else a * \(timesKeep)"
    case .classic: "layers.Dropout(\(drop))(a) * \(timesKeep) if training else a * \(timesKeep)"
    case .unscaled, .unscaledL2, .scaledUpdate:
      "layers.Dropout(\(drop))(a) * \(timesKeep) if training else a"
    case .keepDropSwapped:
      "layers.Dropout(\(drop))(a) * \(timesKeep) if training else a * \(timesDrop)"
    case .backwardOnly, .mismatchedMasks:
      "a tf.custom_gradient that draws a mask in the backward pass"
    case .dropconnect:
      "a Dense whose kernel goes through layers.Dropout(\(drop)), times \(timesKeep)"
    }
  }
}
