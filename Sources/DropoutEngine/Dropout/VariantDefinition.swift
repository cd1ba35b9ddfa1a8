/// One row of the table of variants: its settings and its texts.
///
/// In formulas and framework lines a is the activation and m its mask, 0 or 1; `{p}`, `{1-p}`,
/// `{1/p}`, `{1/(1-p)}` and `{(1-p)/p}` stand for their values.
struct VariantDefinition: Sendable {
  /// The settings of dropout; none of them matters where no unit is masked.
  var settings = DropoutSettings()
  /// Whether units are masked at all.
  var masksUnits = true
  /// The training data of its learners.
  var learners = Variant.Learners.one
  /// The L2 that it sets where none is given.
  var l2: Double?
  /// A description, in a sentence.
  let summary: String
  /// The output of a unit in training.
  let training: String
  /// The output of a unit at test.
  let test: String
  /// The factor of the gradient.
  let gradient: String
  /// The line in PyTorch; its `Dropout` takes the drop rate, and a mask is drawn above it.
  let pyTorch: String
  /// The line in Keras; its `Dropout` takes the drop rate.
  let keras: String
  /// A thing that it is often confused with, and the difference.
  var distinction: String?
}

extension Variant {
  /// The variant's row.
  var definition: VariantDefinition {
    switch self {
    case .unscaled:
      VariantDefinition(
        summary: "mask in training, scale nothing, ever",
        training: "m * a",
        test: "a",
        gradient: "m, the same mask",
        pyTorch: "a * (torch.rand_like(a) > {1-p}) if self.training else a",
        keras: "layers.Dropout({1-p})(a) * {p} if training else a")
    case .none:
      VariantDefinition(
        masksUnits: false,
        summary: "no dropout at all: the control",
        training: "a",
        test: "a",
        gradient: "1",
        pyTorch: "nn.Identity()",
        keras: "layers.Identity()")
    case .classic:
      VariantDefinition(
        settings: DropoutSettings(scaling: .classic),
        summary: "mask in training, multiply by keep at test",
        training: "m * a",
        test: "a * {p}",
        gradient: "m, the same mask",
        pyTorch: "a * (torch.rand_like(a) > {1-p}) if self.training else a * {p}",
        keras: "layers.Dropout({1-p})(a) * {p} if training else a * {p}")
    case .inverted:
      VariantDefinition(
        settings: DropoutSettings(scaling: .inverted),
        summary: "mask and multiply by 1/keep in training, nothing at test",
        training: "m * a * {1/p}",
        test: "a",
        gradient: "m * {1/p}, the same mask",
        pyTorch: "nn.Dropout(p={1-p})",
        keras: "layers.Dropout({1-p})")
    case .unscaledL2:
      VariantDefinition(
        l2: 0.01,
        summary: "scale nothing, and let L2 do what it can",
        training: "m * a",
        test: "a",
        gradient: "m, the same mask; plus 0.01 * W",
        pyTorch: "a * (torch.rand_like(a) > {1-p}) if self.training else a",
        keras: "layers.Dropout({1-p})(a) * {p} if training else a")
    case .backwardOnly:
      VariantDefinition(
        settings: DropoutSettings(maskPass: .backward),
        summary: "dropout on the backward pass only",
        training: "a",
        test: "a",
        gradient: "m, though the forward pass had none",
        pyTorch: "a.register_hook(lambda g: g * (torch.rand_like(g) > {1-p}))",
        keras: "a tf.custom_gradient that draws a mask in the backward pass")
    case .scaledUpdate:
      VariantDefinition(
        settings: DropoutSettings(updateScale: .inverseKeep),
        summary: "each update times 1/keep instead of any activation",
        training: "m * a",
        test: "a",
        gradient: "m, the same mask; the update of W times {1/p}",
        pyTorch: """
          a * (torch.rand_like(a) > {1-p}) if self.training else a; in the optimizer \
          dict(params=[W], lr=lr * {1/p})
          """,
        keras: """
          layers.Dropout({1-p})(a) * {p} if training else a; in train_step \
          W.assign(before + (W - before) * {1/p})
          """)
    case .mismatchedMasks:
      VariantDefinition(
        settings: DropoutSettings(scaling: .inverted, maskPass: .independent),
        summary: "a bug: the backward pass draws another mask",
        training: "m * a * {1/p}",
        test: "a",
        gradient: "m' * {1/p}, another mask",
        pyTorch: "an autograd.Function that calls F.dropout anew in backward",
        keras: "a tf.custom_gradient that draws a mask in the backward pass")
    case .doubleScaled:
      VariantDefinition(
        settings: DropoutSettings(scaling: .double),
        summary: "a bug: 1/keep in training and keep at test as well",
        training: "m * a * {1/p}",
        test: "a * {p}",
        gradient: "m * {1/p}, the same mask",
        pyTorch: "F.dropout(a, p={1-p}) if self.training else a * {p}",
        keras: "layers.Dropout({1-p})(a) if training else a * {p}")
    case .keepDropSwapped:
      VariantDefinition(
        settings: DropoutSettings(scaling: .swapped),
        summary: "a bug: at test keep and 1 - keep are confused",
        training: "m * a",
        test: "a * {1-p}",
        gradient: "m, the same mask",
        pyTorch: "a * (torch.rand_like(a) > {1-p}) if self.training else a * {1-p}",
        keras: "layers.Dropout({1-p})(a) * {p} if training else a * {1-p}")
    case .dropScaled:
      VariantDefinition(
        settings: DropoutSettings(scaling: .inverseDrop),
        summary: "a bug: training multiplies by 1/drop in the place of 1/keep",
        training: "m * a * {1/(1-p)}",
        test: "a",
        gradient: "m * {1/(1-p)}, the same mask",
        pyTorch: "a * (torch.rand_like(a) > {1-p}) / {1-p} if self.training else a",
        keras: "layers.Dropout({1-p})(a) * {p} / {1-p} if training else a",
        distinction: """
          At keep 0.5 it is inverted dropout. At keep 1 nothing is dropped, so here nothing is \
          scaled either; code that divides by a drop rate of 0 gives no numbers.
          """)
    case .leftOnAtTest:
      VariantDefinition(
        settings: DropoutSettings(scaling: .inverted, testPass: .masked),
        summary: "a bug: evaluation still masks",
        training: "m * a * {1/p}",
        test: "m * a * {1/p}, still masked",
        gradient: "m * {1/p}, the same mask",
        pyTorch: "F.dropout(a, p={1-p}, training=True)",
        keras: "layers.Dropout({1-p})(a, training=True)")
    case .gaussian:
      VariantDefinition(
        settings: DropoutSettings(scaling: .inverted, noise: .gaussian),
        summary: "activations times normal noise with mean 1",
        training: "a * N(1, {(1-p)/p})",
        test: "a",
        gradient: "the same noise",
        pyTorch: "a * (1 + {(1-p)/p} ** 0.5 * torch.randn_like(a)) if self.training else a",
        keras: "layers.GaussianDropout({1-p})")
    case .dropconnect:
      VariantDefinition(
        settings: DropoutSettings(scaling: .classic, noise: .dropconnect),
        summary: "masks each weight instead of each unit",
        training: "a, through weights m * W",
        test: "a * {p}",
        gradient: "the same mask of weights",
        pyTorch: """
          F.linear(a, W * (torch.rand_like(W) > {1-p}), b) if self.training \
          else F.linear(a * {p}, W, b)
          """,
        keras: "a Dense whose kernel goes through layers.Dropout({1-p}), times {p}")
    case .grouped:
      VariantDefinition(
        settings: DropoutSettings(scaling: .inverted, noise: .groups),
        summary: "inverted, with one mask for each group of units, as for channels",
        training: "m * a * {1/p}, one m a group",
        test: "a",
        gradient: "m * {1/p}, the same mask",
        pyTorch: "nn.Dropout1d(p={1-p})(a.view(len(a), -1, N)).flatten(1)",
        keras: "layers.Dropout({1-p}, noise_shape=(None, None, 1)), a as [batch, groups, N]",
        distinction: """
          The units of a group are neighbours, N of them (--mask-groups). With convolutions a \
          group is a channel (Dropout2d, SpatialDropout2D): its units say nearly the same, so \
          that masks of single units would hide little.
          """)
    case .curriculum:
      VariantDefinition(
        settings: DropoutSettings(scaling: .inverted, keepSchedule: .curriculum),
        summary: "inverted, while keep falls from 1 to its value over the first steps",
        training: "m * a / p(t); p(t): 1 to {p}",
        test: "a",
        gradient: "m / p(t), the same mask",
        pyTorch: "before step t of N: dropout.p = {1-p} * (1 - math.exp(-10 * t / N))",
        keras: "before step t of N: rate.assign({1-p} * (1 - tf.exp(-10. * t / N)))",
        distinction: """
          The network learns without dropout first. The keep probability of step t is (1-p) \
          exp(-10 t/N) + p, and p from step N on (--keep-steps). Where testing multiplies by \
          keep, it takes the one of the step that the weights are of.
          """)
    case .randomSubspace:
      VariantDefinition(
        masksUnits: false,
        learners: .subsets,
        summary: "learners that each see a fixed random part of the inputs, outputs averaged",
        training: "a; x of its subset only",
        test: "a; x of its subset; mean",
        gradient: "1",
        pyTorch: "torch.stack([net(x[:, seen]) for net, seen in learners]).mean(0)",
        keras: "layers.Average()([net(tf.gather(x, seen, axis=1)) for net, seen in learners])",
        distinction: """
          Not dropout with one mask for good (mask-sharing fixed): there one network is masked in \
          training, hidden units too, and is tested whole. Here each learner lacks the same \
          inputs at test as well, and no unit is masked.
          """)
    case .bagging:
      VariantDefinition(
        masksUnits: false,
        learners: .resamples,
        summary: "learners on bootstrap resamples of the training part, outputs averaged",
        training: "a, on its resample",
        test: "a; mean of the outputs",
        gradient: "1",
        pyTorch: "torch.stack([net(x) for net in learners]).mean(0)",
        keras: "layers.Average()([net(x) for net in learners])",
        distinction: """
          Not dropout's ensemble: the learners share no weights, each is trained to the end, and \
          their outputs are averaged, where dropout tests one averaged network.
          """)
    }
  }
}
