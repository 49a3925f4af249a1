"""The joint loss: tags that the source allows, and relations of candidate pairs."""

import torch
from torch import Tensor

from arie.network.model import Network
from arie.train.batches import Batch


def joint_loss(network: Network, batch: Batch, relation_weight: float) -> Tensor:
    """Return tag loss plus weighted relation loss of a batch, a scalar."""
    hidden = network.encode(batch.pieces, batch.mask)
    states = hidden[batch.homes[:, 0], batch.homes[:, 1]]
    loss = tag_loss(network.tag(states).float(), batch.allowed)
    if len(batch.pairs):
        logits = network.relate(states[batch.segments], batch.tags, batch.pairs).float()
        loss = loss + relation_weight * torch.nn.functional.cross_entropy(logits, batch.relations)
    return loss


def tag_loss(logits: Tensor, allowed: Tensor) -> Tensor:
    """Return the mean negative log probability that a word's tag is one of the allowed.

    With one allowed tag a word this is cross-entropy; with more it is the marginal likelihood of partial
    annotation (Tsuboi et al. 2008) for independent tags. Words of which nothing is said cost nothing.
    """
    logs = torch.log_softmax(logits, dim=-1)
    return -torch.logsumexp(logs.masked_fill(~allowed, -1e4), dim=-1).mean()
