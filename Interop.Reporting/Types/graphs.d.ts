// The graphs that programs saved, and the part of Plotly that draws them.

declare const Plotly: {
  react(element: HTMLElement, data: object[], layout: object, config: object): Promise<unknown>;
  purge(element: HTMLElement): void;
};

interface Hpo {
  /** Shows the graphs that a program saved with a study in a container of its view. */
  showGraphs?(container: HTMLElement, study: string): void;
}
