"""What the browser of one tab holds of what it was sent, and what a person chose there."""

from collections import defaultdict
from dataclasses import dataclass, field

from dashboard.components import Delivered, StageEvents


@dataclass
class InBrowser:
    """deliveries: what it holds for each component, by its key. events: the last choices on the stage.

    ages: the epochs chosen on the page Compare. bounds: of the cell state's colours, by run, so that no lane is
    rescaled to and fro.
    """

    deliveries: defaultdict[str, Delivered] = field(default_factory=lambda: defaultdict(Delivered))
    events: StageEvents = field(default_factory=StageEvents)
    ages: dict[str, float] = field(default_factory=dict)
    bounds: dict[str, float] = field(default_factory=dict)

    def hear_ages(self, ages: dict[str, float]) -> bool:
        """Take up the epochs chosen on the page Compare; True where that is news."""
        if not ages or ages == self.ages:  # a page that was just turned to tells none
            return False
        self.ages = ages
        return True
