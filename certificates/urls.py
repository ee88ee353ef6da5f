from django.urls import URLPattern, URLResolver, path

from certificates.api.verification import FileView, LookupView

from .views import decisions, holder, machine, renewals, verification

app_name = "certificates"
urlpatterns: list[URLPattern | URLResolver] = [
    path("verify/", verification.verify, name="verify"),
    path("verify/<str:serial>", verification.verification, name="verification"),
    path("me/certificates/", holder.mine, name="mine"),
    path("me/certificates/<str:serial>/pdf", holder.pdf, name="pdf"),
    path("me/renewal/<str:serial>/", renewals.renewal, name="renewal"),
    path("desk/renewals/", renewals.renewals, name="renewals"),
    path("base/decisions/", decisions.decisions, name="decisions"),
    path("base/decisions/<uuid:uid>/", decisions.decision, name="decision"),
]
api_urlpatterns: list[URLPattern | URLResolver] = [
    path("certificates/lookup", LookupView.as_view(), name="certificates-lookup"),
    path("certificates/verify", FileView.as_view(), name="certificates-verify"),
]
machine_urlpatterns: list[URLPattern | URLResolver] = [
    path("issuers/<str:code>/did.json", machine.did, name="issuer-did"),
    path("status/<str:purpose>/<int:number>", machine.status, name="status-list"),
    path("registry.json", machine.registry, name="registry"),
    path("ledger/heads.json", machine.ledger_heads, name="ledger-heads"),
]
