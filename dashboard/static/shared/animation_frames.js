/** Frames are asked for only while something moves. */

const LONGEST = 100; // milliseconds: a tab that was away does not jump ahead

/** @param {(milliseconds: number) => void} step since the frame before */
export function createFrames(step) {
  let [request, last] = [0, 0];

  function tick(now) {
    request = requestAnimationFrame(tick);
    const passed = last ? Math.min(LONGEST, now - last) : 0;
    last = now;
    step(passed); // it may bring the frames to rest
  }

  function rest() {
    cancelAnimationFrame(request);
    request = 0;
  }

  return {
    rest,
    isMoving: () => request !== 0,
    /** @param {boolean} moving */
    run(moving) {
      if (!moving) return rest();
      if (request) return;
      last = 0;
      request = requestAnimationFrame(tick);
    },
  };
}
