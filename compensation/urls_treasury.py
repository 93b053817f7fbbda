"""The treasurer's pages."""

from django.urls import path

from .views import bank, dues, overpayments, payment_sheet, treasury

app_name = "treasury"
urlpatterns = [
    path("", treasury.start, name="start"),
    path("list/<slug:key>/", treasury.show_list, name="list"),
    path("claims/<str:number>/prepare/", treasury.prepare, name="prepare"),
    path("claims/<str:number>/demand/", overpayments.demand, name="demand"),
    path("payments/<int:pk>/", treasury.payment, name="payment"),
    path("payments/<int:pk>/sheet.xlsx", payment_sheet.workbook, name="workbook"),
    path("payments/<int:pk>/sheet.pdf", payment_sheet.document, name="document"),
    path("payments/<int:pk>/approve/", treasury.approve, name="approve"),
    path("payments/<int:pk>/renew/", treasury.renew, name="renew"),
    path("payments/<int:pk>/again/", treasury.prepare_again, name="prepare_again"),
    path("payments/<int:pk>/cancel/", treasury.cancel, name="cancel"),
    path("payments/<int:pk>/close/", treasury.close, name="close"),
    path("bank/", bank.batches, name="batches"),
    path("bank/export/", bank.export, name="export"),
    path("bank/settle/", bank.settle, name="settle"),
    path("bank/<int:pk>/file/", bank.download, name="download"),
    path("claimants/", dues.find, name="find"),
    path("claimants/<int:pk>/", dues.claimant, name="claimant"),
    path("claimants/<int:pk>/<int:year>/certificate.pdf", payment_sheet.certificate, name="certificate"),
    path("claimants/<int:pk>/debts/", dues.record_debt, name="record_debt"),
    path("claimants/<int:pk>/debts/<int:debt>/close/", dues.close_debt, name="close_debt"),
    path("claimants/<int:pk>/debts/<int:debt>/waive/", dues.waive_debt, name="waive_debt"),
    path("claimants/<int:pk>/liens/", dues.record_lien, name="record_lien"),
    path("claimants/<int:pk>/liens/<int:lien>/release/", dues.release_lien, name="release_lien"),
    path("claimants/<int:pk>/certificates/", dues.record_certificate, name="record_certificate"),
    path("overpayments/list/<slug:key>/", overpayments.show_list, name="overpayments"),
    path("overpayments/collection.csv", overpayments.collection_file, name="collection_file"),
    path("overpayments/<int:pk>/", overpayments.overpayment, name="overpayment"),
    path("overpayments/<int:pk>/return/", overpayments.record_return, name="record_return"),
    path("overpayments/<int:pk>/service/", overpayments.record_service, name="record_service"),
    path("overpayments/<int:pk>/collect/", overpayments.collect, name="collect"),
]
