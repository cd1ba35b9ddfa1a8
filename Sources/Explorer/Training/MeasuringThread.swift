import Dispatch
import DropoutCore
import Foundation
import Synchronization

/// Measures networks beside the training: divergence, counterfactual, examples, maps, curves.
///
/// It takes a copy of the weights when it is idle, so training never waits for it; after each network it rests as long
/// as it worked, so that it takes half a core at most.
final class MeasuringThread: Sendable {
  /// A network to measure.
  struct Request: Sendable {
    var experiment: Int
    var generation: Int
    var dataset: Dataset
    var state: NetworkState
    var minibatchLoss: Double
    /// The curves of this experiment start with this point's.
    var startsCurves: Bool
  }

  private struct Desk: Sendable {
    var request: Request?
    var isBusy = false
    var isStopped = false
  }

  private let desk = Mutex(Desk())
  private let bell = DispatchSemaphore(value: 0)
  private let board: SnapshotBoard
  private let kernels: KernelPath

  init(board: SnapshotBoard, kernels: KernelPath) {
    self.board = board
    self.kernels = kernels
  }

  /// Whether a request would be taken.
  var isIdle: Bool { desk.withLock { !$0.isBusy && $0.request == nil } }

  /// Asks for a network to be measured.
  func measure(_ request: Request) {
    desk.withLock { $0.request = request }
    bell.signal()
  }

  /// Starts the thread; `prepare` is run on it first.
  func start(prepare: @escaping @Sendable () -> Void) {
    let thread = Thread { [self] in
      prepare()
      run()
    }
    thread.stackSize = 4 << 20
    thread.name = "measuring"
    thread.start()
  }

  /// Ends the thread after what it is at.
  func stop() {
    desk.withLock { $0.isStopped = true }
    bell.signal()
  }

  private func run() {
    let clock = ContinuousClock()
    var parts: (experiment: Int, parts: SnapshotParts)?
    var curves = CurveRecorder()
    while true {
      bell.wait()
      let (request, isStopped) = desk.withLock { desk in
        defer { desk.request = nil }
        desk.isBusy = desk.request != nil
        return (desk.request, desk.isStopped)
      }
      if isStopped { return }
      guard let request else { continue }
      let start = clock.now
      let own: SnapshotParts
      if let parts, parts.experiment == request.experiment {
        own = parts.parts
      } else {
        own = SnapshotParts(dataset: request.dataset, kernels: kernels)
        parts = (request.experiment, own)
      }
      if request.startsCurves { curves = CurveRecorder() }
      measure(request, own, &curves)
      let worked = clock.now - start
      Thread.sleep(forTimeInterval: min(0.5, max(0.02, worked / .seconds(1))))
      desk.withLock { $0.isBusy = false }
    }
  }

  private func measure(_ request: Request, _ parts: SnapshotParts, _ curves: inout CurveRecorder) {
    let state = request.state
    func measured<Value>(_ value: Value) -> Measured<Value> {
      Measured(step: state.step, generation: request.generation, value: value)
    }
    /// Puts a part on the board, unless the person has started anew or changed something since.
    func put(_ change: (inout TrainingSnapshot) -> Void) {
      board.update { snapshot in
        guard snapshot.experiment == request.experiment else { return }
        change(&snapshot)
      }
    }
    // What a key turns comes first.
    let counterfactual = measured(parts.counterfactual(state))
    put { $0.counterfactual = counterfactual }
    let maps = parts.maps(state).map { measured($0) }
    let examples = measured(parts.examples(state))
    put { snapshot in
      snapshot.maps = maps
      snapshot.examples = examples
    }
    let divergence = measured(parts.divergence(state))
    put { $0.divergence = divergence }
    curves.append(
      CurvePoint(
        counterfactual.value, configuration: state.configuration, step: state.step,
        minibatchLoss: request.minibatchLoss, trainLoss: parts.trainingLoss(state)))
    let points = curves.points
    put { $0.curves = points }
  }
}
