import DropoutEngine

/// Names that other programs give to options of this one.
enum OptionNames {
  /// The names here of other programs' options; the meaning stands beside those that need it.
  private static let others: [([String], String)] = [
    (["p", "prob", "probability"], "'--keep' (to be kept) or '--drop' (frameworks' p, 1 - keep)"),
    (["rate"], "'--learning-rate', or '--drop' for a dropout rate"),
    (["lr", "eta", "step-size", "learning_rate", "learningrate"], "'--learning-rate'"),
    (
      ["dropout", "dropout-rate", "drop-rate", "drop-prob", "drop-probability", "dropout-prob"],
      "'--drop'"
    ),
    (["keep-prob", "keep-probability", "keep_prob", "retain"], "'--keep'"),
    (["batch-size", "batch_size", "batchsize", "bs", "minibatch", "mini-batch"], "'--batch'"),
    (["epoch", "n-epochs", "num-epochs", "max-epochs"], "'--epochs'"),
    (
      [
        "iterations", "iters", "max-iter", "max-steps", "num-steps", "n-steps", "train-steps",
        "updates",
      ],
      "'--steps'"
    ),
    (["weight-decay", "weight_decay", "wd", "l2-penalty", "l2-reg"], "'--l2'"),
    (["lambda", "alpha", "penalty", "regularization", "reg"], "'--l2' or '--l1'"),
    (
      [
        "layers", "hidden-layers", "hidden-units", "hidden-size", "hidden-sizes", "units",
        "neurons",
      ],
      "'--hidden'"
    ),
    (
      ["noise"], "'--data-noise' (of the data) or '--dropout-noise' (of what dropout multiplies by)"
    ),
    (["loss-function", "criterion", "loss-fn"], "'--loss'"),
    (["initializer", "kernel-initializer", "weight-init", "initialization"], "'--init'"),
    (["normalization", "standardise", "scaler"], "'--normalize'"), (["type"], "'--task'"),
    (["opt", "optim"], "'--optimizer'"),
    (["adam", "sgd", "rmsprop", "nesterov"], "'--optimizer' with this name"),
    (["relu", "tanh", "sigmoid"], "'--activation' with this name"),
    (["act", "nonlinearity", "activations"], "'--activation'"),
    (["file", "dataset", "csv", "train", "input-file"], "'--data'"),
    (
      ["label", "y", "target-column", "label-column", "labels-column", "response"],
      "'--target'"
    ),
    (["columns", "x", "use-columns", "usecols"], "'--inputs'"),
    (["ignore", "exclude", "drop-columns", "drop-column", "skip-columns"], "'--leave-out'"),
    (["sep", "delimiter", "delim"], "'--separator'"),
    (
      ["test-size", "test-split", "val-split", "validation-split", "validation-fraction"],
      "'--test-fraction'"
    ),
    (["random-seed", "random-state", "random_state"], "'--seed'"),
    (["n", "samples", "n-samples", "num-examples"], "'--examples'"),
    (["scale", "standardize", "normalise"], "'--normalize'"),
    (["mode", "method"], "'--variant'"),
    (
      ["header", "no-header", "has-header", "skip-header", "skiprows", "names"],
      "'--target' or '--inputs' (a header is told by its words, and has no option)"
    ),
  ]

  /// The message for an option that is not known here, but elsewhere.
  ///
  /// - Parameters:
  ///   - message: the first line of a usage error.
  ///   - arguments: the arguments of the command line.
  /// - Returns: the message; nil where the usage error is about something else.
  static func message(instead message: String, arguments: [String]) -> String? {
    for argument in arguments where argument.hasPrefix("-") {
      let name = argument.prefix { $0 != "=" }
      guard message.contains("Unknown option '\(name)'") else { continue }
      let word = String(name.drop { $0 == "-" }).lowercased()
      guard let meant = others.first(where: { $0.0.contains(word) })?.1 else { return nil }
      return "Error: Unknown option '\(ForeignText.shown(String(name)))'. Did you mean \(meant)?"
    }
    return nil
  }
}
