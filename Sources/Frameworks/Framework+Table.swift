import DropoutEngine

extension Framework {
  /// All frameworks, the most common ones first.
  public static let all: [Framework] = [
    pyTorch, keras, kerasR, tensorFlow2, tensorFlow1, tensorFlowLayers, contrib, tflearn,
    tensorLayer,
    jax, stax, flax, haiku, equinox, mlx, paddle2, paddle1, mindSpore, chainer, lasagne,
    deepLearning4J,
    matlab, caffe, torch7, convNetJS, scikitLearn,
  ]

  static let pyTorch = Framework(
    "PyTorch", .drop, "nn.Dropout(p={1-p})",
    channels: ChannelLayer(template: "nn.Dropout{d}d(p={1-p})"), dropsAll: true,
    trap: """
      F.dropout(x, {1-p}) without training=self.training drops at test too: training is True \
      where nobody says otherwise.
      """,
    source: "https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.dropout.html")

  static let keras = Framework(
    "Keras", .drop, "layers.Dropout({1-p})",
    channels: ChannelLayer(template: "layers.SpatialDropout{d}D({1-p})"),
    trap: "Keras 1 called the number p, Keras 2 calls it rate: both are the probability to drop.",
    source: "https://keras.io/api/layers/regularization_layers/dropout/")

  static let tensorFlow2 = Framework(
    "TensorFlow 2", .drop, "tf.nn.dropout(x, rate={1-p})",
    trap: """
      The second argument of tf.nn.dropout is keep_prob in TensorFlow 1, and rate in TensorFlow 2: \
      the same line means the opposite. tf.nn.dropout drops whenever it is called.
      """,
    source: "https://www.tensorflow.org/versions/r1.15/api_docs/python/tf/nn/dropout")

  static let tensorFlow1 = Framework(
    "TensorFlow 1", .keep, "tf.nn.dropout(x, keep_prob={p})",
    trap: """
      Neither tf.nn.dropout nor DropoutWrapper is told whether it is training: at test feed 1.
      """,
    source: "https://www.tensorflow.org/versions/r1.15/api_docs/python/tf/nn/dropout")

  static let tensorFlowLayers = Framework(
    "TensorFlow 1 tf.layers", .drop, "tf.layers.dropout(x, {1-p}, training=is_training)",
    trap: "It drops nothing unless training=True is given: False is its default.",
    source: "https://www.tensorflow.org/versions/r1.15/api_docs/python/tf/layers/dropout")

  static let kerasR = Framework(
    "Keras in R", .drop, "layer_dropout(rate = {1-p})",
    channels: ChannelLayer(template: "layer_spatial_dropout_{d}d(rate = {1-p})"),
    source: "https://search.r-project.org/CRAN/refmans/keras3/html/layer_dropout.html")

  static let contrib = Framework(
    "tf.contrib and TF-Slim", .keep,
    "tf.contrib.layers.dropout(x, {p}, is_training=is_training)",
    trap: """
      The number is the probability to keep, whereas tf.layers.dropout takes the one to drop. And \
      it is on where nobody, nor an arg_scope, says is_training; tf.layers.dropout is off.
      """,
    source: "https://github.com/tensorflow/tensorflow/blob/r1.15/tensorflow/contrib/layers/"
      + "python/layers/layers.py#L1572-L1613")

  static let tflearn = Framework(
    "TFLearn", .keep, "tflearn.dropout(x, {p})",
    source: "https://github.com/tflearn/tflearn/blob/master/tflearn/layers/core.py")

  static let tensorLayer = Framework(
    "TensorLayer", .keep, "tl.layers.Dropout(keep={p})",
    source: "https://github.com/tensorlayer/TensorLayer/blob/master/tensorlayer/layers/dropout.py")

  static let jax = Framework(
    "JAX", .keep, "jnp.where(jax.random.bernoulli(key, {p}, x.shape), x / {p}, 0)",
    trap: "There is no layer: whoever leaves out the division has not scaled at all.",
    source: "https://docs.jax.dev/en/latest/_autosummary/jax.random.bernoulli.html")

  static let stax = Framework(
    "JAX's stax", .keep, "stax.Dropout({p}, mode=mode)",
    trap: """
      It calls the number rate, but keeps with it: bernoulli(rng, rate), inputs / rate. The mode \
      is fixed when the layer is made, and 'train' where nobody says otherwise: for testing, make \
      the network again with mode='test'.
      """,
    source: "https://github.com/jax-ml/jax/blob/main/jax/example_libraries/stax.py")

  static let flax = Framework(
    "Flax", .drop, "nnx.Dropout({1-p}, rngs=rngs)", dropsAll: true,
    source: "https://flax.readthedocs.io/en/latest/api_reference/flax.nnx/nn/stochastic.html")

  static let haiku = Framework(
    "Haiku", .drop, "hk.dropout(hk.next_rng_key(), {1-p}, x)",
    trap: "hk.dropout drops whenever it is called.",
    source: "https://dm-haiku.readthedocs.io/en/latest/api.html#dropout")

  static let equinox = Framework(
    "Equinox", .drop, "eqx.nn.Dropout(p={1-p})",
    source: "https://docs.kidger.site/equinox/api/nn/dropout/")

  static let mlx = Framework(
    "MLX", .drop, "nn.Dropout(p={1-p})",
    channels: ChannelLayer(template: "nn.Dropout{d}d(p={1-p})", dimensions: 2...3),
    source: "https://ml-explore.github.io/mlx/build/html/python/nn/_autosummary/mlx.nn.Dropout.html"
  )

  static let paddle2 = Framework(
    "Paddle 2 and 3", .drop, "paddle.nn.Dropout({1-p})",
    classic: "paddle.nn.Dropout({1-p}, mode=\"downscale_in_infer\")",
    channels: ChannelLayer(template: "paddle.nn.Dropout{d}D({1-p})", dimensions: 2...3),
    trap: """
      What is not said means the opposite since version 2.0: fluid.layers.dropout of version 1 \
      multiplies at test (classic), paddle.nn.Dropout multiplies in training (inverted).
      """,
    source: "https://www.paddlepaddle.org.cn/documentation/docs/en/api/paddle/nn/Dropout_en.html")

  static let paddle1 = Framework(
    "Paddle 1 (fluid)", .drop,
    "fluid.layers.dropout(x, {1-p}, dropout_implementation=\"upscale_in_train\")",
    classic: "fluid.layers.dropout(x, {1-p})",
    source: "https://www.paddlepaddle.org.cn/documentation/docs/zh/2.2/api/paddle/fluid/dygraph/"
      + "Dropout_cn.html")

  static let mindSpore = Framework(
    "MindSpore", .drop, "mindspore.nn.Dropout(p={1-p})",
    channels: ChannelLayer(template: "mindspore.nn.Dropout{d}d(p={1-p})"),
    trap: """
      A number without a name is keep_prob, the probability to keep. Version 2.0 added p, the \
      probability to drop; mindspore.ops.dropout took that one from the start.
      """,
    source: "https://www.mindspore.cn/docs/en/r2.0/api_python/ops/mindspore.ops.dropout.html")

  static let chainer = Framework(
    "Chainer", .drop, "chainer.functions.dropout(x, ratio={1-p})",
    trap: """
      Since version 2 chainer.config.train switches it off. In version 1 an argument train did, \
      which was True where nobody said otherwise.
      """,
    source: "https://docs.chainer.org/en/stable/reference/generated/chainer.functions.dropout.html")

  static let lasagne = Framework(
    "Lasagne", .drop, "lasagne.layers.DropoutLayer(x, p={1-p})",
    trap: """
      It drops unless get_output is told deterministic=True. A DropoutLayer of TensorLayer takes \
      the probability to keep.
      """,
    source: "https://github.com/Lasagne/Lasagne/blob/master/lasagne/layers/noise.py")

  static let deepLearning4J = Framework(
    "Deeplearning4j", .keep, ".dropOut({p})",
    trap: "The number is the probability to keep, though everything about it is called drop out.",
    source: "https://github.com/deeplearning4j/deeplearning4j/tree/master/deeplearning4j/"
      + "deeplearning4j-nn/src/main/java/org/deeplearning4j/nn/conf/dropout/Dropout.java")

  static let matlab = Framework(
    "MATLAB", .drop, "dropoutLayer({1-p})",
    source: "https://www.mathworks.com/help/deeplearning/ref/nnet.cnn.layer.dropoutlayer.html")

  static let caffe = Framework(
    "Caffe", .drop, "dropout_param { dropout_ratio: {1-p} }",
    source: "https://github.com/BVLC/caffe/blob/master/src/caffe/layers/dropout_layer.cpp")

  static let torch7 = Framework(
    "Torch7 (Lua)", .drop, "nn.Dropout({1-p})", classic: "nn.Dropout({1-p}, true)",
    channels: ChannelLayer(
      template: "nn.SpatialDropout({1-p})", dimensions: 2...2, variant: .classic),
    trap: """
      A second argument true means the first version of dropout, which multiplies at test \
      (classic). In PyTorch the second argument is inplace, and True changes no number.
      """,
    source: "https://github.com/torch/nn/blob/master/Dropout.lua")

  static let convNetJS = Framework(
    "ConvNetJS", .drop, "{type: 'fc', num_neurons: 20, drop_prob: {1-p}}",
    variant: .keepDropSwapped,
    trap: """
      At test it multiplies by drop_prob where 1 - drop_prob is due, so that it is right at 0.5 \
      only: here that bug is the variant keep-drop-swapped. Some copies have mended it.
      """,
    source: "https://github.com/karpathy/convnetjs/blob/master/src/convnet_layers_dropout.js")

  static let scikitLearn = Framework(
    "scikit-learn", nil, "",
    trap: """
      MLPClassifier and MLPRegressor have no dropout. Their alpha is L2, which changes no \
      activation between training and testing, and is no substitute for scaling.
      """,
    source: "https://scikit-learn.org/stable/modules/generated/"
      + "sklearn.neural_network.MLPClassifier.html")
}
