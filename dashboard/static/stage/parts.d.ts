/**
 * The parts of a mounted stage. Each part has one writer, named beside it; everybody else reads.
 * Letters of shapes as in shared/message.d.ts.
 */

import type { Refreshed } from "./refresh.js";
import type { State } from "./state.js";
import type { Told } from "./telling.js";
import type { Spot } from "./hover.js";
import type { Timestep } from "./playhead.js";
import type { Action, Bounds } from "./view.js";
import type { createViews } from "./build_views.js";
import type { createFolds } from "./opening_rows.js";
import type { skeleton } from "./regions.js";
import type { Prepared, Results } from "../inside/inside.js";
import type { Pattern } from "../inside/pattern.js";
import type { DrawnSnapshot } from "../inside/what_if.js";
import type { Lane } from "../lanes/lanes.js";
import type { Layout } from "../lanes/layout.js";
import type { Snapshot } from "../shared/message.js";
import type { Mount } from "../shared/mounting.js";
import type { Film, WholeContent } from "../shared/store.js";
import type { Theme } from "../shared/theme.js";

/** What outlives the mount, `state`, is changed by state.js alone; all that a mount has is mounting.js's. */
export interface Stage extends Mount<State> {
  /** what is to be seen, made of state and message: refresh.js; null before the first content */
  shown: Shown | null;
  /** the views: controller.js builds them, with build_views.js */
  parts: Views | null;
  /** what the views were built for: controller.js */
  identity: string;
  /** what of a new message is still to be drawn, a frame's work each: controller.js */
  due: ((stage: Stage) => void)[];
  /** where the pointer is: controller.js */
  readonly pointer: { spot: Spot | null; still: boolean; dragging: boolean };
  /** what was drawn last, by part: refresh.js, and refresh_chart.js for the chart */
  drawn: Refreshed;
  /** what was drawn of the timestep: playhead.js */
  readonly frame: Timestep;
  /** what follows from the weights, remembered: inside.js */
  readonly results: Results;
  /** what the app was told: telling.js */
  readonly told: Told;
}

export type Views = ReturnType<typeof createViews> & {
  folds: ReturnType<typeof createFolds>;
  /** elements by name: of the regions, and of the rows that open */
  refs: ReturnType<typeof skeleton> & ReturnType<typeof createFolds>["refs"];
};

/** What follows from message and choices, without the DOM. */
export interface Composed extends Prepared {
  /** with only those answers of workers that belong to the snapshot shown */
  content: WholeContent;
  theme: Theme;
  /** as the server sent it, and with the person's experiment in it */
  original: Snapshot | null;
  snapshot: DrawnSnapshot | null;
  /** changes with whatever the snapshot hangs on */
  snapshotKey: string;
  bounds: Bounds;
  lanes: Lane[];
}

export interface Shown extends Composed {
  layout: Layout;
}

/** Where there is a network to look at. */
export type Filmed<Whole extends { content: WholeContent } = Shown> = Whole & {
  content: { film: Film };
  original: Snapshot;
  snapshot: DrawnSnapshot;
};

/** What the tools of "Inside the cell" read. */
export type ToolContext = Omit<Filmed, "layout"> & { state: Pick<State, "view" | "store">; asked: string };

export type Dispatch = (action: Action, done?: boolean) => void;

/** What the views may ask for. */
export interface Hands {
  dispatch: Dispatch;
  /** a day of the series, in milliseconds, on which the window is to end */
  onPick: (time: number) => void;
  redraw: () => void;
  /** the pointer is on a picture, or (null) no longer */
  point: (spot: Spot | null) => void;
  hoverAt: (spot: Spot | null) => void;
  edit: (day: number, value: number, goesOn: boolean) => void;
  drag: (dragging: boolean) => void;
  show: (time: number) => void;
  find: (pattern: Pattern | null) => void;
  ask: () => void;
  answer: (rises: boolean) => void;
}
