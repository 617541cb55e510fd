from django.utils.translation import gettext_lazy as _

from community.foundation.problems import Conflict, NotThere, Refused


class NoSuchKind(NotThere):
    """A kind of reaction that does not exist."""


class OwnPost(Refused):
    code = "own_post"
    detail = _("This is your own post. Reactions are for the posts of others.")


class PostGone(Conflict):
    code = "post_gone"
    detail = _("This post is not open any more. Reload the page to see what became of it.")
