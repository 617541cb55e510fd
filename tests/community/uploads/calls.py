"""Each operation on pictures, called once for real."""

from tests.factories.members import a_member
from tests.factories.uploads import a_file, an_upload
from tests.rest.calls import Call, call


@call("uploads_list")
def _():
    return Call(by=an_upload().owner)


@call("uploads_create")
def _():
    return Call(by=a_member(), files={"file": a_file(), "alt": "A lamp"})


@call("uploads_read")
def _():
    upload = an_upload(size=(900, 600))
    return Call(by=upload.owner, kwargs={"upload_id": upload.pk})


@call("uploads_describe")
def _():
    upload = an_upload()
    return Call(by=upload.owner, kwargs={"upload_id": upload.pk}, body={"alt": "A lamp"})


@call("uploads_remove")
def _():
    upload = an_upload()
    return Call(by=upload.owner, kwargs={"upload_id": upload.pk})
