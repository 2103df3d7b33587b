/**
 * What the app sends to the browser, once payload.js has read it: a header whose arrays are typed arrays with a `shape`.
 * Written by dashboard/components/: payload.py, inside_payload.py, cell_row.py, compare.py, one_unit.py and sequences.py.
 *
 * Letters of shapes: T timesteps of the window, L layers, H hidden units, D input features, A activations of the cell,
 * N days of the series, E epochs, R rows. `null` where there is none; NaN in arrays where a number is unknown.
 */

export type Shape = { shape: number[] };
export type Floats = Float32Array & Shape;

/** Texts by name, of the files in dashboard/texts/ that belong to the component. */
export type Words = Record<string, string>;

/** How values of the series are written: what stands around the number (a sign, or a word behind a space). */
export interface Unit {
  before: string;
  after: string;
  /** of all of them */
  decimals: number;
  /** they are prices */
  money: boolean;
}

/** What everybody knows of a cell: its row of the table in lstm_core/network/cells.py. */
export interface CellRow {
  cell: string;
  /** names, in the order in which the weights' rows are stacked */
  blocks: string[];
  /** (A,) names, in the order of a snapshot's `activations` */
  activations: string[];
  /** lowest and highest value of each activation */
  bounds: Record<string, [number, number]>;
  /** the gate that keeps a state */
  keeps: string | null;
  /** names of their weights */
  peepholes: string[];
  /** of its lines */
  colours: { light: string; dark: string };
}

export interface Chart {
  id: string;
  title: string;
  unit: Unit;
  /** what a timestep is called: day, week, trading day ... */
  step: string;
  /** (N,) milliseconds */
  dates: Float64Array;
  /** (N,) in the series' unit */
  price: Float64Array;
  /** first day after the training part, and after the validation part */
  train_stop: number;
  validation_stop: number;
}

/** One-step forecasts over the series, each on the day that it is for; K of them. */
export interface Predictions {
  epoch: number;
  /** (K,) days of the series, rising */
  positions: Int32Array;
  /** (K,) the network's and naive's, in the series' unit */
  price: Float64Array;
  naive: Float64Array;
}

/** Beyond the last day; (horizon,) each. */
export interface Forecast {
  /** of the interval, a share */
  level: number;
  dates: Float64Array;
  price: Float64Array;
  lower: Float64Array;
  upper: Float64Array;
  naive: Float64Array;
}

export interface Losses {
  /** (E,) each; an epoch may be a fraction */
  epochs: Float64Array;
  train: Float64Array;
  validation: Float64Array;
  naive: number | null;
  best_epoch: number | null;
  best_loss: number | null;
  kept_epochs: number[];
  planned_epochs: number;
}

export interface Verdict {
  short: string;
  sentences: string[];
}

export interface Status extends CellRow {
  /** idle, queued, training, pausing, paused, finished ... */
  state: string;
  message: string;
  /** the epoch that is judged; null while the network learns */
  epoch: number | null;
  progress: string;
  share: number | null;
}

/** Representation of the series that the network reads or says. */
export type Representation = "log_return" | "level" | "relative";

/** A layer's parameters under torch.nn's names, row by row; G blocks: (G*H, D or H), (G*H, H), (G*H,), (G*H,). */
export interface Layer {
  /** (H,) of the unit's own cell state, by the names in the cell's `peepholes` */
  [peephole: string]: Float32Array | Float64Array;
  weight_ih: Float32Array | Float64Array;
  weight_hh: Float32Array | Float64Array;
  bias_ih: Float32Array | Float64Array;
  bias_hh: Float32Array | Float64Array;
}

/** The weights of one age of a run, and the scales between the series and what the network sees. */
export interface Network extends CellRow {
  run: string;
  epoch: number;
  layers: Layer[];
  /** (H,) */
  head_weight: Float32Array;
  head_bias: number;
  inputs: Representation[];
  target: Representation;
  /** mean and deviation of each representation */
  scales: Record<string, [number, number]>;
}

/** Gradients of the forecast after the window's last day. */
export interface Explanation {
  run: string;
  /** id of the film */
  film: string;
  epoch: number;
  /** (T, D) */
  input_gradients: Floats;
  /** (L, T) of the loss by the hidden states */
  gradient_norms: Floats;
}

/** What the clamps cost over the test part. */
export interface ClampedTest {
  run: string;
  epoch: number;
  /** JSON of the clamps that were asked about */
  asked: string;
  days: number;
  rmse: number | null;
  rmse_free: number | null;
  rmse_naive: number | null;
  sure_free: string;
  sure_naive: string;
}

/** Stretches of the series like the pattern that was asked for: first and last day of each of K. */
export interface Matches {
  run: string;
  epoch: number;
  /** JSON of the pattern */
  asked: string;
  /** (K,) each */
  first: Int32Array;
  last: Int32Array;
  /** searched, and active among them */
  days: number;
  active: number;
}

/** A window as the network is trained: what stays the same over its snapshots. */
export interface FilmMeta extends CellRow {
  id: string;
  run: string;
  /** the window's first day; the first day on which a window can end */
  window_start: number;
  first_end: number;
  input_names: string[];
  /** (T,) the next day's value, and naive's forecast of it: the day's own; in the series' unit */
  target_price: Float64Array;
  naive_price: Float64Array;
  /** (T,) scaled */
  target: Float32Array;
  training: { batch_size: number; windows: number; first_scored: number; dropout: number; output_dropout: number };
  largest_move: number;
  /** of its colours, one for the whole run; null: the cell has no cell state */
  cell_state_bound: number | null;
}

/** One age of the network over the window. */
export interface Snapshot {
  epoch: number;
  /** (T, D) */
  inputs: Floats;
  /** (A, L, T, H) */
  activations: Floats;
  /** (T,) scaled, and in the series' unit */
  prediction: Float32Array | Float64Array;
  prediction_price: Float64Array;
  /** (H,) of the head, over the last layer */
  head_weight: Float32Array;
  head_bias: number;
}

/** A section's revision; its body only where the browser is taken to lack it. */
export interface Entry<Body> {
  revision: string;
  body?: Body;
}

export interface FilmEntry extends Entry<FilmMeta> {
  id: string;
  /** that the browser should hold by now, and those about to come */
  epochs: number[];
  to_come?: number[];
  /** `epochs` are all that there are */
  whole: boolean;
  snapshots: Snapshot[];
}

/** Sections of the stage's message, by name. */
export interface Sections {
  words: Words;
  chart: Chart;
  predictions: Predictions;
  forecast: Forecast;
  losses: Losses;
  verdict: Verdict;
  network: Network;
  explanation: Explanation;
  clamped_test: ClampedTest;
  matches: Matches;
  status: Status;
}

/** What every message carries: see exchange.js. */
export interface Stamp {
  version: number;
  key: string;
  /** the letters */
  large: boolean;
  number: number;
  digest: string;
  asks: boolean;
  choices: number;
}

export interface StageHeader extends Stamp, Partial<{ [Name in keyof Sections]: Entry<Sections[Name]> | null }> {
  page: string;
  /** first day and length of the window, also without a film */
  window: [number, number] | null;
  /** the epoch that the app follows */
  epoch: number | null;
  /** epoch, unit, layer and timestep that the app knows of, from 0 */
  chosen?: (number | null)[];
  film: FilmEntry | null;
}

/** One network of a comparison. */
export interface ComparedColumn extends CellRow {
  id: string;
  name: string;
  /** id of its film */
  film: string | null;
  /** the age to open on; null: the newest */
  epoch: number | null;
  parameters: number;
  /** (E,) each; seconds: what an epoch took of a worker */
  epochs: Float64Array;
  train: Float64Array;
  validation: Float64Array;
  seconds: Float64Array;
  naive: number | null;
  planned: number;
  judged: Judged | null;
  status: Status;
}

/** One-step errors over the test part at one age; skill: 1 - RMSE / naive's. */
export interface Judged {
  epoch: number;
  days: number;
  rmse: number;
  naive: number;
  skill: number;
  /** whether chance could have made the difference from naive, and from the first column, in a few words */
  sure: string;
  sure_first: string;
}

export interface CompareHeader extends Stamp {
  words: Entry<Words>;
  chart: Entry<Chart>;
  films: FilmEntry[];
  columns: ComparedColumn[];
}

/** The message of a component that shows one thing. */
export interface ContentHeader<Body> extends Stamp {
  content: Entry<Body>;
}

/** A company of the smallest LSTM: four prices, what must come, and naive's answer. */
export interface Company {
  name: string;
  prices: number[];
  target: number;
  naive: number;
}

export interface OneUnitBody extends CellRow {
  words: Words;
  companies: Company[];
  cell_state_bound: number;
  /** (E + 1, 4, 3) gates i, f, g, o by weight on x, weight on h, bias */
  scalars: Float64Array;
  /** (E + 1,) */
  losses: Float64Array;
  /** (E + 1, companies) */
  predictions: Float64Array;
}

/** One sequence of a batch. */
export interface BatchRow {
  name: string;
  note: string;
  length: number;
  target: number | null;
  /** chunks begin from zero states */
  restarts: boolean;
}

/** One way to run all rows; NaN where nothing was computed. */
export interface Way {
  name: string;
  label: string;
  about: string;
  /** (R, T, H) */
  hidden: Floats;
  /** (R, T) */
  outputs: Floats;
  /** rows from top to bottom */
  order: number[];
  /** timestep of each row's output, where one is read, and what those are compared with (R,) */
  read_at: number[] | null;
  reference: Floats | null;
  /** (T,) sequences computed at each timestep */
  batch_sizes: number[] | null;
}

export interface SequencesBody {
  kind: "lengths" | "chunks";
  words: Words;
  rows: BatchRow[];
  /** (R, T) that are read */
  values: Floats;
  /** of all sequences of the batch, also of those without a row */
  lengths: number[];
  /** timesteps at which a chunk begins */
  boundaries: number[];
  /** the way shown before anybody chose one */
  first: string;
  ways: Way[];
}
