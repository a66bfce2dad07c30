"""The cheapest flow by successive shortest paths, in plain Python and its integers.

For small networks, or where no solver is installed. Ahuja, Magnanti, Orlin, Network Flows (1993),
chapter 9.7: each class is sent along shortest paths in the residual network; potentials keep the
reduced costs non-negative, so that Dijkstra's algorithm finds the paths.
"""

from heapq import heappop, heappush

import numpy as np

from evenhand.engine.routing.batch.network import IntArray, Network


def cheapest_flow(network: Network) -> IntArray:
    """The flow per arc that meets all supplies at least cost. Ties: the lowest node first."""
    residual = _Residual(network)
    for source in np.flatnonzero(network.supplies > 0):
        left = int(network.supplies[source])
        while left:
            path = residual.shortest_path(int(source))
            sent = min(left, *(residual.room[edge] for edge in path))
            for edge in path:
                residual.room[edge] -= sent
                residual.room[edge ^ 1] += sent
            left -= sent
    return np.array(residual.room[1::2], np.int64)


class _Residual:
    """Edge 2a is arc a, edge 2a+1 its way back; the room of the way back is the arc's flow."""

    def __init__(self, network: Network) -> None:
        self.sink = network.node_count - 1
        self.heads: list[int] = []
        self.costs: list[int] = []
        self.room: list[int] = []
        self.edges: list[list[int]] = [[] for _ in range(network.node_count)]
        self.potentials = [0] * network.node_count
        columns = (network.tails, network.heads, network.capacities, network.costs)
        for tail, head, capacity, cost in zip(*(c.tolist() for c in columns), strict=True):
            self.edges[tail].append(len(self.heads))
            self.edges[head].append(len(self.heads) + 1)
            self.heads += (head, tail)
            self.costs += (cost, -cost)
            self.room += (capacity, 0)

    def shortest_path(self, source: int) -> list[int]:
        """Edges from the source to the sink; the overflow arc sees to it that there are some."""
        distances = {source: 0}
        entered: dict[int, int] = {}
        done: dict[int, int] = {}
        queue = [(0, source)]
        while queue:
            distance, node = heappop(queue)
            if node in done:
                continue
            done[node] = distance
            if node == self.sink:
                break
            start = distance + self.potentials[node]
            for edge in self.edges[node]:
                if not self.room[edge]:
                    continue
                head = self.heads[edge]
                through = start + self.costs[edge] - self.potentials[head]
                if head not in distances or through < distances[head]:
                    distances[head] = through
                    entered[head] = edge
                    heappush(queue, (through, head))
        # Nodes beyond the sink keep their potential, those before it move by what they lack to it.
        reach = done[self.sink]
        for node, distance in done.items():
            self.potentials[node] += distance - reach
        return self._edges_back(source, entered)

    def _edges_back(self, source: int, entered: dict[int, int]) -> list[int]:
        path = []
        node = self.sink
        while node != source:
            path.append(entered[node])
            node = self.heads[entered[node] ^ 1]
        return path
